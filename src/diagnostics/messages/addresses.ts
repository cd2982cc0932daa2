/** Messages about addresses of pages. */

import { MAX_ADDRESS_BYTES, MAX_PARTS, MAX_SEGMENT_BYTES, spellingKey } from '../../paths.ts';
import { shorten } from '../../shorten.ts';
import { type At, define } from './define.ts';

export const slugInvalid = define(
  'url/invalid',
  'error',
  'An address would leave the site or cannot be a file name on every system: it holds `..`, an empty part, a reserved name, one of `\\ : * ? " < > | % #`, a part of more than 200 bytes (66 Chinese characters), more than 32 parts, or more than 600 bytes in all. Each folder and each level of a tag or category is a part.',
  (field: string, value: string) => {
    const parts = value.split('/').filter((part) => part !== '');
    const tooLong = (text: string, most: number) =>
      Buffer.byteLength(text) > most && {
        text,
        size: `${Buffer.byteLength(text)} bytes`,
        most: `${most} bytes; a Chinese character has three`,
      };
    const tooDeep = parts.length > MAX_PARTS && {
      text: value,
      size: `${parts.length} parts`,
      most: `${MAX_PARTS}${field === 'category' ? '; a list is one path, and two are “[[a], [b]]”' : ', with “/” between them'}`,
    };
    const long = parts.find((part) => Buffer.byteLength(part) > MAX_SEGMENT_BYTES) ?? '';
    const over = tooLong(long, MAX_SEGMENT_BYTES) || tooDeep || tooLong(parts.join('/'), MAX_ADDRESS_BYTES);
    return over
      ? {
          message: `${field} “${shorten(over.text, 24)}” cannot be an address on the site: it has ${over.size}`,
          hint: `give it at most ${over.most}`,
        }
      : {
          message: `${field} “${value}” cannot be an address on the site`,
          hint: 'use letters, digits, Chinese, “-”, “_” and “.”',
        };
  },
);

export const addressElsewhere = define(
  'url/elsewhere',
  'warning',
  'Under `url` and `path`, other tools keep other things than the address of a page: a `[[link]]`, a host without `https://`, a file on a disk, a name that no address can have. Such a value is passed over, and the note has the address that the site gives it. As `permalink` it is an error.',
  (field: string, found: string) => ({
    message: `“${field}” is no address on the site and is passed over: ${found}`,
    hint: 'an address is such as /posts/detr/; what another tool keeps here may stay',
  }),
);

export const urlDuplicate = define(
  'url/duplicate',
  'error',
  'Two pages or files would be written to one address (also when they differ only in case or Unicode form, which many file systems fold; `/a/` and `/a/index.html` are one). The files that Postil itself makes count: those of its theme and of search, smaller copies of pictures, previews. Nothing is published until one of them moves.',
  (address: string, sources: string[], hasAlias = false) => ({
    message: `${sources.join(' and ')} both want the address ${address}`,
    hint: hasAlias
      ? 'take the alias away: an old address can lead on only where nothing else stands'
      : 'give one of them another “slug” or “permalink”',
  }),
);

export const fileAndFolder = define(
  'url/file-and-folder',
  'error',
  'One address is a file and another one lies below it, as if it were a folder: no disk can hold both.',
  (path: string) => ({
    message: `“${path}” would have to be a file and a folder`,
    hint: 'change the “permalink” of one of the two',
  }),
);

export const groupDuplicate = define(
  'url/group-duplicate',
  'error',
  'Two different tags (or categories) have one address, because everything but letters, digits, Chinese and `-_.` becomes `-`, or because they differ only in case. `C`, `C++` and `C#` are all at `/tags/C/`: in letters (`Cpp`, `CSharp`) they are three. `postil check --fix` respells tags that are one but for case, width, hyphens or blanks.',
  (kind: string, address: string, spellings: { name: string; at: At }[]) => {
    const keys = new Set(spellings.map(({ name }) => spellingKey(name)));
    const alike = kind === 'tags' && keys.size === 1;
    return {
      message: `the ${kind} ${spellings.map(({ name, at }) => `“${name}” (${placed(at)})`).join(', ')} have one address: ${address}`,
      hint: spellings.some(({ name }) => /[+#]/.test(name))
        ? 'an address keeps no “+” and no “#”: write them in letters, as in “Cpp” and “CSharp”'
        : `spell them alike${alike ? ' (postil check --fix does)' : ''}, or rename one`,
    };
  },
);

const placed = ({ file, line, column }: At) =>
  [file, line, column].filter((part) => part !== undefined).join(':');

export const tagUnused = define(
  'tag/unused',
  'warning',
  'A note with `type: tag` introduces the tag that its title names, and no note has that tag. Its page has the introduction alone.',
  (tag: string) => ({
    message: `no note has the tag “${tag}”, which this one introduces`,
    hint: 'the title must be the tag as notes write it; “深度学习/蒸馏” is the tag 蒸馏 below 深度学习',
  }),
);
