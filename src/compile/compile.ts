/**
 * Source → Note. Pure: the result depends on the arguments and on Postil's code, on nothing else. No disk, no
 * clock, no environment, no other note: that is what makes the store's key right. If compile could see a second
 * file, a changed neighbour would leave a stale page. It never throws on content: what is wrong comes back as
 * diagnostics.
 */

import type { Element, Root as HastRoot } from 'hast';
import { VFile } from 'vfile';
import { noteFailed, noteTooDeep } from '../diagnostics/messages.ts';
import type { Footnote, Fragment, Heading, Note, Section, Source } from '../model.ts';
import { isDraftPath, noteName } from '../paths.ts';
import { atOfMessage, PluginError, pluginFault, pluginMessages } from '../plugin-fault.ts';
import { type Colour, colour } from './colour.ts';
import type { NoteContext } from './context.ts';
import { contextsOf } from './contexts.ts';
import { dateOfName } from './dates.ts';
import { type Draw, draw } from './draw/draw.ts';
import { embedsOf } from './embeds.ts';
import { excerptOf } from './excerpt.ts';
import { FOOTNOTE_TAG } from './footnotes.ts';
import { toFragments } from './fragments.ts';
import { splitFrontMatter } from './front-matter.ts';
import { glossaryOf } from './glossary.ts';
import { isHeading } from './headings.ts';
import { sliceInline } from './inline.ts';
import { type ReadMeta, readMeta } from './meta.ts';
import { removeMore } from './more.ts';
import type { CompileOptions } from './options.ts';
import { pipelineFor } from './pipeline.ts';
import { proseOf, termsOf } from './prose.ts';
import { questionsOf } from './questions.ts';
import { countsOf, plainText } from './statistics.ts';
import { hidePipes, showPipes } from './table-pipes.ts';
import { titleOf } from './title.ts';
import { freeTag } from './unmark.ts';

/** What takes long, and depends on its arguments alone: whoever compiles many notes remembers it. */
export interface Makers {
  draw: Draw;
  colour: Colour;
}

const MAKERS: Makers = { draw, colour };

/**
 * Compiles one note.
 *
 * @param source the note's text and path
 * @param options what of the configuration it depends on
 * @param makers draw and colour, or remember
 * @returns the note; faults are in its `diagnostics`
 */
export async function compile(
  source: Source,
  options: CompileOptions,
  makers: Makers = MAKERS,
): Promise<Note> {
  const { note, read } = begin(source, options, makers);
  const tree = await transform(note, options.plugins);
  if (isDraftPath(source.path)) read.meta.publish = 'no';
  const date = read.meta.date ?? dateOfName(source.path);

  const notes = takeFootnotes(tree);
  const excerpt = excerptOf(tree.children);
  removeMore(tree);
  const contexts = contextsOf([tree, ...notes], note.refs);
  const footnotes = notes.map((element) => footnoteOf(element, note));
  const text = plainText(tree.children, note.refs);
  const questions = questionsOf(tree);
  const glossary = glossaryOf(tree, note);
  const prose = proseOf(tree, note.bodyLine);
  const stats = countsOf(text, tree.children);
  const sections = cutSections(tree);
  const headings = sections.flatMap((s) => s.heading ?? []);
  const title = note.title?.trim() || noteName(source.path);
  const titleHtml = toFragments(titleOf(note, title));
  return {
    path: source.path,
    index: {
      path: source.path,
      meta: { ...read.meta, ...(date && { date }), title, tags: note.tags },
      namePlaces: read.namePlaces,
      titleHtml,
      refs: note.refs,
      contexts,
      labels: note.labels,
      headings,
      blocks: note.blocks,
      embeds: embedsOf(sections, note.refs),
      prose,
      terms: termsOf(prose),
      questions,
      glossary,
      excerpt,
      math: formulasOf(note, [
        titleHtml,
        excerpt.html,
        ...contexts,
        ...headings.map((h) => h.html),
        ...questions.map((q) => q.html),
        ...glossary.map((t) => t.html),
      ]),
      stats,
      features: { math: note.math.length > 0 },
    },
    sections,
    footnotes,
    math: note.math,
    text,
    diagnostics: note.diagnostics,
  };
}

/**
 * What a note has before its Markdown is read: its front matter, and a context for the pipeline.
 *
 * @returns the context, and the fields as they were read
 */
export function begin(
  source: Source,
  options: CompileOptions,
  makers: Makers = MAKERS,
): { note: NoteContext; read: ReadMeta } {
  const file = `posts/${source.path}`;
  const { fields, body, bodyLine, diagnostics } = splitFrontMatter(source.text, file);
  const read = readMeta(fields, { file, text: source.text });
  const note: NoteContext = {
    path: source.path,
    file,
    text: source.text,
    body,
    bodyLine,
    lang: read.meta.lang ?? options.lang,
    dialects: options.dialects,
    macros: { ...options.macros, ...read.macros },
    mathOutput: options.mathOutput ?? 'htmlAndMathml',
    macroKey: JSON.stringify({ ...options.macros, ...read.macros }),
    diagnostics: [...diagnostics, ...read.diagnostics],
    refs: [],
    labels: [],
    math: [],
    blocks: [],
    title: read.meta.title,
    tags: [...read.meta.tags],
    marks: [],
    markTag: freeTag(body),
    footnotes: [],
    glossary: [],
    ...makers,
  };
  return { note, read };
}

/**
 * Runs the pipeline; what a library throws at hostile nesting becomes a message.
 *
 * @param note takes what the pipeline finds: references, labels, formulas, messages
 * @returns the note's body, with holes where link fills in
 */
export async function transform(note: NoteContext, plugins: CompileOptions['plugins']): Promise<HastRoot> {
  const pipes = hidePipes(note.body);
  const file = new VFile({ path: note.file, value: pipes?.text ?? note.body, data: { note } });
  try {
    const pipeline = await pipelineFor(note.body, note.dialects, plugins);
    const tree = pipeline.parse(file);
    showPipes(tree, pipes?.hidden);
    const made = (await pipeline.run(tree, file)) as HastRoot;
    if (plugins) note.diagnostics.push(...pluginMessages(note, file));
    return made;
  } catch (error) {
    const at = { file: note.file };
    const deep = error instanceof RangeError;
    note.diagnostics.push(
      plugins && error instanceof PluginError
        ? await pluginFault(atOfMessage(note, error.thrown) ?? at, error, plugins)
        : deep
          ? noteTooDeep(at)
          : noteFailed(at, error instanceof Error ? error.message : String(error)),
    );
    Object.assign(note, { refs: [], labels: [], math: [], blocks: [], footnotes: [], glossary: [] });
    return { type: 'root', children: [] };
  }
}

/** Takes the elements that hold footnotes out of the tree, in the order of their numbers. */
function takeFootnotes(tree: HastRoot): Element[] {
  const isFootnote = (node: HastRoot['children'][number]): node is Element =>
    node.type === 'element' && node.tagName === FOOTNOTE_TAG;
  const out = tree.children.filter(isFootnote);
  tree.children = tree.children.filter((node) => !isFootnote(node));
  return out.sort((a, b) => numberOf(a) - numberOf(b));
}

const numberOf = (footnote: Element) => Number(footnote.properties.dataNumber);

function footnoteOf(node: Element, note: NoteContext): Footnote {
  const number = numberOf(node);
  const refs = note.footnotes[number - 1]?.refs ?? [];
  return { number, id: `fn-${number}`, refs, body: toFragments(node.children) };
}

/** Cuts the body at its headings. */
function cutSections(tree: HastRoot): Section[] {
  const sections: { heading?: Heading; nodes: HastRoot['children'] }[] = [{ nodes: [] }];
  for (const node of tree.children) {
    if (isHeading(node)) {
      sections.push({
        heading: {
          depth: Number(node.tagName[1]) as Heading['depth'],
          id: String(node.properties.id),
          text: node.data?.heading ?? '',
          html: toFragments(unlink(sliceInline(node.children, 0, Number.MAX_SAFE_INTEGER))),
        },
        nodes: [],
      });
    }
    sections.at(-1)!.nodes.push(node);
  }
  return sections
    .filter((s) => s.heading || s.nodes.some(isContent))
    .map((s) => ({ ...(s.heading && { heading: s.heading }), body: toFragments(s.nodes) }));
}

/** A heading in the table of contents is itself a link: links in it become their text, unless their target decides it. */
function unlink(nodes: ReturnType<typeof sliceInline>): ReturnType<typeof sliceInline> {
  return nodes.flatMap((n) => {
    if (n.type !== 'element') return [n];
    n.children = unlink(n.children);
    return n.tagName === 'a' && !n.data?.whole ? n.children : [n];
  });
}

/** Text can stand outside every element: after an end tag that closes nothing. */
function isContent(node: HastRoot['children'][number]): boolean {
  return node.type === 'element' || (node.type === 'text' && node.value.trim() !== '');
}

/** The formulas that some fragments use. */
function formulasOf(note: NoteContext, lists: Fragment[][]): Record<number, string> {
  const out: Record<number, string> = {};
  for (const f of lists.flat()) if (typeof f === 'object' && 'math' in f) out[f.math] = note.math[f.math]!;
  return out;
}
