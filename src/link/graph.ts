/**
 * The lineage of papers: who builds on, compares with, uses, refutes or improves whom. Nodes are notes, and the papers
 * that notes relate to without there being a note on them.
 */

import { relationUnknown } from '../diagnostics/messages.ts';
import { suggest } from '../diagnostics/suggest.ts';
import {
  type Diagnostic,
  type Graph,
  type GraphNode,
  type Neighbour,
  RELATION_KINDS,
  type Target,
} from '../model.ts';
import { compare, fold, type NotePath } from '../paths.ts';
import type { Addressed } from './addresses.ts';
import { SUFFIX } from './mention-names.ts';
import type { Names } from './names.ts';
import type { KnownPaper, Papers } from './papers.ts';

/**
 * @param notes in the order of their paths
 * @param targets what the references of each note lead to: citations of papers that have a note are edges too
 * @param lang language of notes that say nothing
 */
export function graphOf(
  notes: Addressed[],
  targets: Map<NotePath, Target[]>,
  names: Names,
  papers: Papers,
  lang: string,
): { graph: Graph; neighbours: Map<NotePath, Neighbour[]>; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const nodes = new Map<string, GraphNode>();
  const edges = new Map<string, Graph['edges'][number]>();
  const byPath = new Map(notes.map((n) => [n.index.path, n]));
  const titles = new Map(papers.all.map((p) => [fold(p.paper.title), p]));
  for (const note of notes)
    if (note.index.meta.type === 'note') nodes.set(note.url, noteNode(note, papers, lang));

  for (const note of notes) {
    const { path, meta } = note.index;
    if (!nodes.has(note.url)) continue;
    const topic = nodes.get(note.url)!.topic;
    for (const { kind, target, place } of meta.relations) {
      const named = names.find(target, path);
      const paper = papers.get(target) ?? titles.get(fold(target));
      const meant =
        named && 'found' in named
          ? byPath.get(named.found)
          : paper?.readBy[0] && byPath.get(paper.readBy[0].path);
      // Pages are no nodes, whatever they are named or read.
      const other = meant?.index.meta.type === 'note' ? meant : undefined;
      if (!other && !paper) {
        const near = meant ? [] : suggest(target, [...names.spellings(), ...papers.keys()]);
        const at = { file: `posts/${path}`, ...place };
        diagnostics.push(relationUnknown(at, kind, target, near, meant && `posts/${meant.index.path}`));
        continue;
      }
      const to = other?.url ?? paper!.url;
      if (to === note.url) continue;
      if (!nodes.has(to)) nodes.set(to, paperNode(paper!, topic));
      add(note.url, to, kind);
    }
    for (const target of targets.get(path)!) {
      if (target.kind !== 'paper' || target.path === undefined || target.path === path) continue;
      const to = byPath.get(target.path)!.url;
      if (nodes.has(to) && !KINDS.some((k) => edges.has(`${note.url}\n${to}\n${k}`)))
        add(note.url, to, 'cites');
    }
  }

  function add(from: string, to: string, kind: Neighbour['kind']): void {
    edges.set(`${from}\n${to}\n${kind}`, { from: nodes.get(from)!.url, to: nodes.get(to)!.url, kind });
  }

  const neighbours = new Map<NotePath, Neighbour[]>();
  const put = (node: GraphNode, neighbour: Neighbour) => {
    if (!node.path) return;
    const list = neighbours.get(node.path);
    if (list) list.push(neighbour);
    else neighbours.set(node.path, [neighbour]);
  };
  for (const { from, to, kind } of edges.values()) {
    const [a, b] = [nodes.get(from)!, nodes.get(to)!];
    if (kind === 'cites') continue;
    put(a, { kind, incoming: false, ...namesOf(b) });
    put(b, { kind, incoming: true, ...namesOf(a) });
  }
  return {
    graph: {
      nodes: [...nodes.values()].sort((a, b) => compare(a.url, b.url)),
      edges: [...edges.values()].sort(
        (a, b) => compare(a.from, b.from) || compare(a.to, b.to) || compare(a.kind, b.kind),
      ),
    },
    neighbours,
    diagnostics,
  };
}

const KINDS = [...RELATION_KINDS, 'cites'];

/** A note stands in the year of its paper, else of its own date; its topic is the last part of its first category. */
function noteNode({ index, url }: Addressed, papers: Papers, lang: string): GraphNode {
  const { meta, path } = index;
  const own = papers.of(path);
  // A note on two or three papers is on the first and what followed it; one on more is a survey.
  const paper = own.length <= 3 ? own[0]?.paper : undefined;
  const year = paper?.year ?? (meta.date ? Number(meta.date.day.slice(0, 4)) : undefined);
  return {
    url,
    title: meta.title,
    lang: meta.lang ?? lang,
    label: nameBeforeColon(paper?.title ?? '') ?? (meta.title.replace(SUFFIX, '') || meta.title),
    topic: meta.categories[0]?.at(-1) ?? meta.tags[0] ?? '',
    ...(year !== undefined && { year }),
    path,
  };
}

function namesOf({ title, lang, url }: GraphNode): Pick<Neighbour, 'title' | 'lang' | 'url'> {
  return { title, ...(lang !== undefined && { lang }), url };
}

function paperNode({ paper, url }: KnownPaper, topic: string): GraphNode {
  return {
    url,
    title: paper.title,
    label: nameBeforeColon(paper.title) ?? paper.title,
    topic,
    ...(paper.year !== undefined && { year: paper.year }),
  };
}

/** `Mask R-CNN` of `Mask R-CNN: …`; a colon inside a formula is no end of a name. */
function nameBeforeColon(title: string): string | undefined {
  const name = /^(.{2,24}?)[:：]\s/.exec(title)?.[1];
  return name === undefined || name.split('$').length % 2 === 0 ? undefined : name;
}
