/**
 * Plugins that the site brings, put into the pipeline. Those of remark see what the author wrote, before Postil's
 * own constructs; those of rehype see it as HTML. What they print is sanitised like the author's text, unless their
 * entry says `trusted: true`: then it goes around the sanitiser, as Postil's own does.
 */

import { pathToFileURL } from 'node:url';
import type { Element, ElementContent } from 'hast';
import type { Nodes, Root } from 'mdast';
import type { Plugin, Transformer } from 'unified';
import { visit } from 'unist-util-visit';
import { importModule } from '../bundled.ts';
import { PluginError } from '../plugin-fault.ts';
import { brokenTree } from './check-tree.ts';
import { element, mark, markElement, noteOf } from './context.ts';
import type { LoadedPlugins } from './options.ts';

type Any = Plugin<unknown[], never, never>;

/** So long a plugin may wait for a network, a file, another program. */
export const WAIT_MS = 30_000;
/** One that waited in vain gets this at the next notes, until it answers: a site has thousands. */
const WAIT_AGAIN_MS = 1_000;

/** What counts the notes of a thread, and says in its second number which plugin is at work: its place in the list from 1, or 0. */
let atWork: Int32Array = new Int32Array(2);

/** @param numbers from now on whoever has them can tell which plugin takes so long */
export function tellPluginIn(numbers: Int32Array): void {
  atWork = numbers;
}

/** Plugins by the place where they stand. */
export interface SitePlugins {
  remark: [Plugin, ...unknown[]][];
  rehype: [Plugin, ...unknown[]][];
  trustedRehype: [Plugin, ...unknown[]][];
}

export const NO_PLUGINS: SitePlugins = { remark: [], rehype: [], trustedRehype: [] };

/** Waits for what may never come; its limit counts what the clock says, for who waits uses no processor. */
function patience(): <T>(given: PromiseLike<T>) => Promise<T> {
  let limit = WAIT_MS;
  return async (given) => {
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<never>((_, failed) => {
      const ms = limit;
      timer = setTimeout(() => {
        limit = WAIT_AGAIN_MS;
        failed(new Error(`it waits for something that has not come in ${ms / 1000} s`));
      }, ms);
    });
    try {
      const result = await Promise.race([given, over]);
      limit = WAIT_MS;
      return result;
    } finally {
      clearTimeout(timer);
    }
  };
}

const loaded = patience();

/** Loads the bundle. It is code, named by its own hash, not content: compile stays a function of its arguments. */
export async function loadPlugins({ file, list }: LoadedPlugins): Promise<SitePlugins> {
  const all = list.map((p) => p.use).join(', ');
  const module = await loaded(importModule<Record<string, unknown>>(pathToFileURL(file).href)).catch(
    (error) => {
      throw new PluginError(all, error);
    },
  );
  const out: SitePlugins = { remark: [], rehype: [], trustedRehype: [] };
  list.forEach(({ use, at, trusted, options }, i) => {
    const plugin = module[`p${i}`];
    if (typeof plugin !== 'function') throw new PluginError(use, 'its default export is no function');
    const named = guard(i + 1, use, plugin as Any, at, trusted);
    const place = at === 'remark' ? out.remark : trusted ? out.trustedRehype : out.rehype;
    place.push(options === undefined ? [named] : [named, options]);
  });
  return out;
}

/** The same plugin; what it throws says whose fault it is, and what a trusted one of remark prints is marked as ours. */
function guard(number: number, use: string, plugin: Any, at: 'remark' | 'rehype', trusted: boolean): Plugin {
  const settled = patience();
  const marks = trusted && at === 'remark';
  const guarded = function (this: never, ...options: unknown[]) {
    const blame = (error: unknown): never => {
      throw new PluginError(use, error);
    };
    let transform: Transformer | undefined;
    try {
      transform = plugin.apply(this, options) as Transformer | undefined;
    } catch (error) {
      return blame(error);
    }
    if (typeof transform !== 'function') return undefined;
    return (async (tree, file) => {
      const before = new Map<unknown, string>();
      if (marks)
        visit(tree as Root, (node: Nodes) => {
          before.set(node, printedBy(node));
        });
      let result: unknown;
      Atomics.store(atWork, 1, number);
      try {
        // unified's own calling conventions: a result, a promise, or a callback.
        result = await settled(
          new Promise<unknown>((done, failed) => {
            const next = (error?: unknown, changed?: unknown) => (error ? failed(error) : done(changed));
            const run = transform as (...given: unknown[]) => unknown;
            const given = run(tree, file, next);
            if (transform.length < 3) done(given);
          }),
        );
        if (result instanceof Error) throw result;
        // Told once all have run: one may take back what another said, as remark-lint does where a comment asks for it.
        for (const message of file.messages) message.source ??= use;
      } catch (error) {
        return blame(error);
      } finally {
        Atomics.store(atWork, 1, 0);
      }
      const changed = (result ?? tree) as typeof tree;
      const wrong = brokenTree(changed, trusted && at === 'rehype');
      if (wrong) return blame(wrong);
      if (marks) markPrinted(changed as Root, before, noteOf(file));
      return changed;
    }) satisfies Transformer;
  };
  return guarded as unknown as Plugin;
}

/** What a node's `data` says of the HTML that it becomes; a plugin may have changed it in its place. */
function printedBy({ data }: Nodes): string {
  const { hName, hProperties, hChildren } = (data ?? {}) as HtmlData;
  return hName === undefined && hProperties === undefined && hChildren === undefined
    ? ''
    : JSON.stringify([hName, hProperties, hChildren]);
}

interface HtmlData {
  hName?: string | null | undefined;
  hProperties?: Element['properties'] | null | undefined;
  hChildren?: ElementContent[] | null | undefined;
}

/** Nodes whose HTML holds addresses that the author wrote: these are sanitised whoever else changes the element. */
const ADDRESSED = new Set(['link', 'linkReference', 'image', 'imageReference']);

/**
 * Has what the plugin says of HTML go around the sanitiser.
 *
 * @param before of each node that was there, what `printedBy` said
 */
function markPrinted(tree: Root, before: Map<unknown, string>, note: ReturnType<typeof noteOf>): void {
  visit(tree, (node: Nodes) => {
    const was = before.get(node);
    if (was !== undefined && printedBy(node) === was) return;
    if (node.type === 'html') {
      if (was !== undefined) return;
      const raw = { type: 'raw', value: node.value } as unknown as ElementContent;
      // Any container will do; an empty paragraph would be taken for what is left of a title.
      Object.assign(node, { type: 'strong', children: [], data: mark(note, () => [raw]) });
      return;
    }
    const { hName, hProperties, hChildren, ...rest } = (node.data ?? {}) as HtmlData;
    if (typeof hName === 'string' && !ADDRESSED.has(node.type))
      node.data = mark(note, (children) => [element(hName, { ...hProperties }, hChildren ?? children)]);
    else if (hName || hProperties || hChildren)
      node.data = {
        ...rest,
        hProperties: markElement(note, (made) => {
          made.tagName = hName ?? made.tagName;
          Object.assign(made.properties, hProperties);
          made.children = hChildren ?? made.children;
        }),
      };
  });
}
