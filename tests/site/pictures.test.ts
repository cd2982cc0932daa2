/** Pictures and films for which an author names several files: all are found, published and allowed. */

import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { build } from '../../src/build.ts';
import { folderOf, readFolder } from '../support/folder.ts';

let files: Map<string, Buffer>;
let page: string;
beforeAll(async () => {
  const png = await sharp({ create: { width: 800, height: 400, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  const folder = folderOf({
    'postil.yml': 'title: T\nurl: https://example.org/n/\n',
    'posts/a.md': `<picture>
  <source media="(prefers-color-scheme: dark)" srcset="dark.png">
  <img src="light.png" width="400" alt="A note">
</picture>

<picture><source srcset="/p.png 2x, gone.png 3x"><img src="/p.png" width="20" alt="P"></picture>

<img src="light.png" srcset="light.png 1x, https://a.example/x.png 2x, https://b.example/y.png?q=&quot; 3x" alt="L">

<video src="https://c.example/v.mp4" poster="https://d.example/p.png"><track src="s.vtt" kind="subtitles"></video>
`,
    'posts/dark.png': png,
    'posts/light.png': png,
    'posts/s.vtt': 'WEBVTT\n',
    'public/p.png': png,
  });
  await build({ site: folder });
  files = readFolder(join(folder, 'dist'));
  page = files.get('posts/a/index.html')!.toString();
});

test('the pictures of light and dark are one picture', () => {
  expect(page).toContain(`<picture>
  <source media="(prefers-color-scheme: dark)" srcset="/n/files/dark.png">
  <img src="/n/files/light.png" alt="A note" width="400" height="200" loading="lazy" decoding="async">
</picture>`);
  expect([...files.keys()]).toEqual(
    expect.arrayContaining(['files/dark.png', 'files/light.png', 'files/s.vtt']),
  );
});

test('what stands behind a file goes with it, and a file that is not there goes', () => {
  expect(page).toContain(
    '<picture><source srcset="/n/p.png 2x, "><img src="/n/p.png" alt="P" width="20" loading="lazy" decoding="async"></picture>',
  );
  expect(page).toContain(
    'srcset="/n/files/light.png 1x, https://a.example/x.png 2x, https://b.example/y.png?q=&#34; 3x"',
  );
  expect(page).toContain('<track src="/n/files/s.vtt" kind="subtitles">');
});

test('the policy allows every host that the note names, and no other', () => {
  expect(/img-src ([^;]*)/.exec(page)![1]).toBe(
    "'self' data: https://a.example https://b.example https://c.example https://d.example",
  );
});
