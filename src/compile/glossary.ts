/**
 * Terms that a note defines: a line `术语 (term):: meaning`, or `**术语**:: meaning`, at the start of a paragraph or on
 * a line of its own in it. Several other names stand in the brackets with commas between them. Brackets, or bold and a
 * meaning that ends as a sentence does, are what tells it from the `field:: value` of Dataview and Logseq, whose field may
 * be bold.
 */

import type { ElementContent, Root as HastRoot } from 'hast';
import type { Paragraph, PhrasingContent, Root } from 'mdast';
import type { Plugin } from 'unified';
import { SKIP, visit } from 'unist-util-visit';
import type { NoteIndex } from '../model.ts';
import { slugify } from '../paths.ts';
import { element, mark, type NoteContext, noteOf, placeOf } from './context.ts';
import { clone, toFragments } from './fragments.ts';
import { texOf } from './katex.ts';
import { plainText } from './statistics.ts';

const MARK = String.raw`(?:::[ \t]+|：：[ \t]*)`;
const OTHERS = String.raw`[ \t]*[(（]([^()（）\n]{1,100})[)）][ \t]*`;
/** `术语 (term):: ` */
const PLAIN = new RegExp(String.raw`^([^\s()（）:：][^()（）:：\n]{0,59}?)${OTHERS}${MARK}`, 'u');
/** What follows a name in bold: ` (term):: `, or `:: ` alone. */
const AFTER_BOLD = new RegExp(String.raw`^(?:${OTHERS}|[ \t]*)${MARK}`, 'u');
/** The end of a sentence, a name for the block (`^name`) behind it. `Vaswani et al.` is none. */
const SENTENCE = /(?:[。．！!？?…]|(?<!\bet al)\.)[”’"'」』）)】\]》]*\s*(?:\s\^[\p{L}\p{N}_-]+\s*)?$/u;

export const remarkGlossary: Plugin<[], Root> = () => (tree, file) => {
  const note = noteOf(file);
  if (!/::|：：/.test(note.body)) return;
  const ids = new Set<string>();
  visit(tree, 'paragraph', (node, index, parent) => {
    if (!parent || index === undefined || node.data || !mayDefine(node, note)) return;
    const parts: Paragraph[] = [];
    const lines = linesOf(node);
    const heads = headsOf(lines);
    lines.forEach((line, n) => {
      const head = heads[n];
      const last = parts.at(-1);
      if (head) {
        const { line: first } = placeOf(note, node.position);
        const place = { line: first + n, column: 1, length: Math.max(1, head.names.join().length) };
        parts.push(definition(note, head, { ...place, ...(n === 0 && placeOf(note, node.position)) }, ids));
      } else if (last) append(last, line);
      else
        parts.push({ type: 'paragraph', children: line, ...(node.position && { position: node.position }) });
    });
    if (!parts.some((p) => p.data)) return;
    parent.children.splice(index, 1, ...parts);
    return [SKIP, index + parts.length];
  });
};

/** Whether a paragraph has the mark outside code and links; `\::` is text. */
function mayDefine({ children }: Paragraph, note: NoteContext): boolean {
  return children.some(
    (c) =>
      c.type === 'text' &&
      /::|：：/.test(c.value) &&
      !note.body.slice(c.position?.start.offset, c.position?.end.offset).includes('\\:'),
  );
}

/** The paragraph cut where its lines end. */
function linesOf({ children }: Paragraph): PhrasingContent[][] {
  const lines: PhrasingContent[][] = [[]];
  for (const child of children) {
    if (child.type === 'break') lines.push([]);
    else if (child.type !== 'text') lines.at(-1)!.push(child);
    else {
      child.value.split('\n').forEach((value, i) => {
        if (i > 0) lines.push([]);
        if (value !== '') lines.at(-1)!.push({ ...child, value });
      });
    }
  }
  return lines;
}

/** Adds a line to a paragraph; in one text with what stands before it, where line ends between Chinese vanish. */
function append({ children }: Paragraph, [first, ...rest]: PhrasingContent[]): void {
  const before = children.at(-1);
  const glue = `\n${first?.type === 'text' ? first.value : ''}`;
  if (before?.type === 'text') before.value += glue;
  else children.push({ type: 'text', value: glue });
  children.push(...(first && first.type !== 'text' ? [first] : []), ...rest);
}

/** The terms that lines begin with. A bold name by itself is one where a sentence ends before the next name. */
function headsOf(lines: PhrasingContent[][]): (Head | undefined)[] {
  const heads = lines.map(headOf);
  let next = lines.length;
  for (let n = lines.length - 1; n >= 0; n--) {
    const head = heads[n];
    if (!head) continue;
    if (head.bare && !isSentence([...head.meaning, ...lines.slice(n + 1, next).flat()])) heads[n] = undefined;
    next = n;
  }
  return heads;
}

/** Whether some text ends as a sentence does; footnotes may stand behind it. */
function isSentence(nodes: PhrasingContent[]): boolean {
  const text = (node: PhrasingContent): string => {
    if (node.type === 'text') return node.value;
    if ('children' in node) return node.children.map(text).join('');
    return node.type === 'footnoteReference' || node.type === 'html' ? '' : '\uFFFC';
  };
  return SENTENCE.test(nodes.map(text).join(''));
}

interface Head {
  names: string[];
  /** The name stands alone, in bold: it may be a field. */
  bare: boolean;
  meaning: PhrasingContent[];
}

function headOf([first, second, ...rest]: PhrasingContent[]): Head | undefined {
  const bold = first?.type === 'strong' && first.children.length === 1 ? first.children[0] : undefined;
  if (first?.type === 'text') {
    const m = PLAIN.exec(first.value);
    return m
      ? head(m[1]!, m[2], first.value.slice(m[0].length), second ? [second, ...rest] : rest)
      : undefined;
  }
  if (bold?.type !== 'text' || second?.type !== 'text') return undefined;
  const m = AFTER_BOLD.exec(second.value);
  return m ? head(bold.value, m[1], second.value.slice(m[0].length), rest) : undefined;
}

function head(
  name: string,
  others: string | undefined,
  text: string,
  rest: PhrasingContent[],
): Head | undefined {
  const names = [name, ...(others ?? '').split(/[,，;；、]/)]
    .map((n) => n.replace(/\s+/g, ' ').trim())
    .filter((n) => n !== '');
  const meaning: PhrasingContent[] = [
    ...(text === '' ? [] : [{ type: 'text' as const, value: text }]),
    ...rest,
  ];
  const bare = others === undefined;
  return meaning.length > 0 ? { names: [...new Set(names)], bare, meaning } : undefined;
}

function definition(
  note: NoteContext,
  { names, meaning }: Head,
  place: NoteIndex['glossary'][number]['place'],
  ids: Set<string>,
): Paragraph {
  const chinese = note.lang.startsWith('zh');
  const [name, ...others] = names as [string, ...string[]];
  const stem = `term-${slugify(name) ?? ids.size + 1}`;
  let id = stem;
  for (let n = 2; ids.has(id); n++) id = `${stem}-${n}`;
  ids.add(id);
  const latin = chinese && others.length > 0 && !/\p{Script=Han}/u.test(others.join());
  const text = { type: 'text' as const, value: others.join(', ') };
  const lead: ElementContent[] = [
    element('dfn', {}, [{ type: 'text', value: name }]),
    ...(others.length === 0
      ? []
      : [
          { type: 'text' as const, value: ' (' },
          latin ? element('span', { lang: 'en' }, [text]) : text,
          { type: 'text' as const, value: ')' },
        ]),
    { type: 'text', value: chinese ? '：' : ': ' },
  ];
  const number = note.glossary.push({ id, names, place }) - 1;
  const data = mark(note, (children) => [
    element('p', { className: ['defines'], id }, [...lead, ...children], {
      term: { number, lead: lead.length },
    }),
  ]);
  return { type: 'paragraph', children: meaning, data };
}

/** @param tree the finished body, which is not changed */
export function glossaryOf(tree: HastRoot, note: NoteContext): NoteIndex['glossary'] {
  const out: NoteIndex['glossary'] = [];
  if (note.glossary.length === 0) return out;
  visit(tree, 'element', ({ data, children }) => {
    if (!data?.term) return;
    const meaning = children.slice(data.term.lead).map(clone);
    const text = plainText(meaning, note.refs, (n) => texOf(note.math[n]!));
    out.push({ ...note.glossary[data.term.number]!, html: toFragments(meaning), text });
  });
  return out;
}
