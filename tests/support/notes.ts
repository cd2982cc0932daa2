/** Notes made in memory. */

import { compile } from '../../src/compile/compile.ts';
import type { CompileOptions } from '../../src/compile/options.ts';
import type { Note } from '../../src/model.ts';
import type { NotePath } from '../../src/paths.ts';

/** Compiles Markdown as a note would be that lies at `posts/<path>`. */
export function compileText(
  text: string,
  path = 'note.md',
  options: Partial<CompileOptions> = {},
): Promise<Note> {
  const source = { path: path as NotePath, text, hash: '' };
  return compile(source, { macros: {}, lang: 'zh-CN', dialects: ['obsidian'], ...options });
}
