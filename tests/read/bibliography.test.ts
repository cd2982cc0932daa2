/** Bibliography files that cannot be read as such, and where that is said. */

import { expect, test } from 'vitest';
import { readBibliographies } from '../../src/read/bibliography.ts';
import { folderOf } from '../support/folder.ts';

test('a bibliography that is not there, or is a folder, is told at its place in postil.yml', async () => {
  const yml =
    'permalink: /posts/:slug/\nbibliography:\n  - a.bib\n  - posts\n  - a.bib/b.bib\n  - lost.bib\n';
  const site = folderOf({ 'a.bib': '', 'posts/a.md': '' });
  const paths = ['a.bib', 'posts', 'a.bib/b.bib', 'lost.bib'];
  const { files, diagnostics } = await readBibliographies(site, paths, yml);
  expect(files.map((f) => f.file)).toEqual(['a.bib']);
  expect(diagnostics.map((d) => `${d.id} ${d.line}:${d.column} ${d.message}`)).toEqual([
    'bibliography/missing 4:5 the bibliography “posts” is a folder',
    'bibliography/missing 5:5 there is no bibliography “a.bib/b.bib”',
    'bibliography/missing 6:5 there is no bibliography “lost.bib”',
  ]);
});
