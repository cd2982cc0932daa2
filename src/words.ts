/** The few words that a note itself carries, in its own language: names of numbered things and of callouts. */

import type { Words } from '../templates/strings/strings.ts';

/** A language is one file of `templates/strings/`: the words of the interface, and these. */
const files = import.meta.glob<Words>(['../templates/strings/*.ts', '!../templates/strings/strings.ts'], {
  eager: true,
  import: 'words',
});
const languages = new Map(
  Object.entries(files).map(([file, own]) => [/([\w-]+)\.ts$/.exec(file)![1]!.toLowerCase(), own]),
);

/** @param lang BCP 47; a language that there is no file for gets English */
export function words(lang: string): Words {
  const wanted = lang.toLowerCase();
  const [name] = wanted.split('-');
  const own = languages.get(wanted) ?? [...languages].find(([tag]) => tag.split('-')[0] === name)?.[1];
  return own ?? languages.get('en')!;
}
