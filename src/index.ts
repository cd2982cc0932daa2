/**
 * Postil as a library.
 *
 *     import { build, compile } from 'postil';
 *     const { diagnostics, published } = await build({ site: '.' });
 *     const note = await compile({ path: 'detr.md', text: '# DETR\n\n$x^2$' });
 *
 * Only what stands here is the library's face; the declarations it needs come with the package and import
 * nothing from outside it.
 */

import type { CompileOptions } from './compile/options.ts';
import type { Note } from './model.ts';
import type { NotePath } from './paths.ts';

export { type BuildResult, build } from './build.ts';
export type { BuildOptions } from './build-options.ts';
export type { CompileOptions } from './compile/options.ts';
export { printDiagnostic } from './diagnostics/print.ts';
export type * from './model.ts';
export type { AssetPath, NotePath, Slug, Url } from './paths.ts';

/**
 * Compiles one note, as a build does, without touching the disk.
 *
 * @param note its path below `posts/` and its text, front matter included
 * @param options default: no macros, `zh-CN`, Obsidian's syntax
 * @returns the note, with links still open; what is wrong with it is in `diagnostics`, nothing is thrown
 */
export async function compile(
  note: { path: string; text: string },
  options: Partial<CompileOptions> = {},
): Promise<Note> {
  // Loaded when needed, so that importing the library costs as little as starting the command line.
  const compiler = await import('./compile/compile.ts');
  const text = note.text.replace(/^\uFEFF/, '').replace(/\r\n/g, '\n');
  return compiler.compile(
    { path: note.path as NotePath, text, hash: '' },
    { macros: {}, lang: 'zh-CN', dialects: ['obsidian'], ...options },
  );
}
