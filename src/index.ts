/**
 * Postil as a library.
 *
 *     import { build } from 'postil';
 *     const { diagnostics, published } = await build({ site: '.' });
 */

export { type BuildOptions, type BuildResult, build } from './build.ts';
export { type CompileOptions, compile } from './compile/compile.ts';
export { printDiagnostic } from './diagnostics/print.ts';
export type * from './model.ts';
export type { AssetPath, NotePath, Slug, Url } from './paths.ts';
