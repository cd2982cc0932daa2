/**
 * Builds a small site again and again in one process, one note changed each time, as `postil dev` does all day:
 *
 *     node --expose-gc tests/faults/drift.mjs <site> <how often>
 *
 * Prints JSON: after each tenth of the builds, the megabytes that the process has and that its objects take.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../../bundle/index.js';

const NOTES = 30;
const [site, times] = [process.argv[2], Number(process.argv[3])];
mkdirSync(join(site, 'posts'), { recursive: true });
const note = (i, text) =>
  `---\ntitle: 笔记 ${i}\ndate: 2021-01-${10 + (i % 20)}\ntags: [检测, t${i % 5}]\n---\n\n见 [[n${(i + 1) % NOTES}]]，$x_{${i}}^2$。${text}\n`;
const put = (i, text) => writeFileSync(join(site, 'posts', `n${i}.md`), note(i, text));
writeFileSync(join(site, 'postil.yml'), 'title: T\nurl: https://example.org/\n');
for (let i = 0; i < NOTES; i++) put(i, '');
const seen = [];
for (let n = 1; n <= times; n++) {
  put(n % NOTES, `第 ${n} 次。`);
  const { published } = await build({ site, jobs: 1 });
  if (!published) throw new Error(`build ${n} was not published`);
  if (n % (times / 10) !== 0) continue;
  for (let i = 0; i < 3; i++) globalThis.gc();
  const { rss, heapUsed } = process.memoryUsage();
  seen.push({ builds: n, rss: Math.round(rss / 2 ** 20), objects: Math.round(heapUsed / 2 ** 20) });
}
process.stdout.write(`${JSON.stringify(seen)}\n`);
process.exit();
