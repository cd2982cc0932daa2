/** Templates of the site that edits itself, and a store in which each state of them is compiled once. */

import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { put } from '../support/folder.ts';
import { build, makeSite } from '../support/sites.ts';

const day = (text: string) =>
  `export function Day({ date }) {\n  return <time dateTime={date.iso}>${text}</time>;\n}\n`;

/** What files of `templates/` become: first it is taken away. Few states, since Vite compiles each. */
const TEMPLATES: [path: string, states: (string | undefined)[]][] = [
  // The last is a mistake: nothing is published until it is mended.
  ['parts/date.tsx', [undefined, day('on {date.day}'), day('{date.day}, then'), day('{date.day')]],
  ['style/motion.css', [undefined, 'time { letter-spacing: 0.1em; }\n']],
];

/** Writes, changes or removes a template of a site. */
export function editTemplate(site: string, a: number, n: number): void {
  const [path, states] = TEMPLATES[a % 3 === 0 ? 1 : 0]!;
  const text = states[n % states.length];
  if (text === undefined) rmSync(join(site, 'templates', path), { force: true });
  else put(site, `templates/${path}`, text);
}

let compiled: string | undefined;
const known = new Set<string>();

/**
 * Gives a clean copy of a site, when it has templates, a store that knows nothing else: compiled in a site of another
 * name and address that has no notes, so that no page can come out of it. Vite takes longer than all the rest.
 */
export async function lendCompiled(site: string): Promise<void> {
  const texts = TEMPLATES.map(([path]) => {
    const file = join(site, 'templates', path);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  });
  if (texts.every((text) => text === undefined)) return;
  compiled ??= makeSite({ 'postil.yml': 'title: Compiled\nurl: https://compiled.example/\n' });
  const state = JSON.stringify(texts);
  if (!known.has(state)) {
    known.add(state);
    rmSync(join(compiled, 'templates'), { recursive: true, force: true });
    texts.forEach((text, i) => {
      if (text !== undefined) put(compiled!, `templates/${TEMPLATES[i]![0]}`, text);
    });
    await build({ site: compiled, jobs: 1 });
  }
  const store = join(compiled, '.postil/store');
  // Nothing is kept of templates that are broken.
  if (existsSync(store)) cpSync(store, join(site, '.postil/store'), { recursive: true });
}
