import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { build } from '../../src/build.ts';
import { folderOf, readFolder } from '../support/folder.ts';
import { readablePage } from '../support/page.ts';
import { testVault } from '../support/vault.ts';

describe('a vault with every overview', () => {
  const { site, out } = testVault(
    'overviews',
    /^(?:posts|tags|folders|venues|papers\/index|glossary|reading-log|questions|series|graph)\b/,
    (html) => readablePage(html, { masthead: true }),
  );
  /** Pages whose bytes are others than before; feeds and the search index are not pages. */
  const changed = (before: Map<string, Buffer>) =>
    [...readFolder(out)]
      .filter(([path, bytes]) => path.endsWith('.html') && !before.get(path)?.equals(bytes))
      .map(([path]) => path.replace(/\/?index\.html$/, '') || '/');
  const edit = async (file: string, change: (text: string) => string) => {
    const before = readFolder(out);
    const path = join(site, 'posts', file);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, change(text));
    expect(readFileSync(path, 'utf8')).not.toBe(text);
    await build({ site, out, jobs: 1 });
    return changed(before);
  };

  test('an edit of the meaning of a term reaches its note, the notes that use it, and the glossary', async () => {
    const pages = await edit('transformer.md', (t) => t.replace('序列对它自己', '序列对自己'));
    expect(pages.filter((p) => p.startsWith('posts/'))).toEqual([
      'posts/detr',
      'posts/maskformer',
      'posts/transformer',
    ]);
    expect(pages).toContain('glossary');
    expect(pages).not.toContain('tags/目标检测');
  });

  test('an edit of the introduction of a tag reaches the tag’s page alone', async () => {
    expect(await edit('标签/目标检测.md', (t) => t.replace('框出来', '都框出来'))).toEqual(['tags/目标检测']);
  });

  test('tags, depth and definition of an unrelated note reach no other note', async () => {
    const pages = await edit('随笔.md', (t) =>
      t
        .replace('tags: [目标检测]', 'tags: [目标检测/综述, 新]\ndepth: 略读')
        .replace('第二次定义', '再次定义'),
    );
    expect(pages.filter((p) => p.startsWith('posts/'))).toEqual(['posts/随笔']);
    expect(pages).toEqual(expect.arrayContaining(['tags', 'tags/新', 'tags/目标检测/综述', 'glossary']));
  });

  test('edits end in what a clean build makes', async () => {
    const copy = folderOf();
    cpSync(site, copy, { recursive: true, filter: (p) => !p.endsWith('.postil') });
    await build({ site: copy, jobs: 1 });
    expect([...readFolder(out)]).toEqual([...readFolder(join(copy, 'dist'))]);
  });
});
