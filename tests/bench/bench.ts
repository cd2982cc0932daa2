/**
 * Measures Postil beside Eleventy and Hugo on the same corpus, in turn, so that whatever else the machine does
 * meets all of them. A ratio is taken within one round; the table gives the median round and the spread.
 */

import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { version } from '../../src/package.ts';
import { additionsReport } from './additions.ts';
import { clearAway, putAway } from './away.ts';
import { type Edit, note, slugOf, titleOf } from './corpus.ts';
import { devReport } from './dev.ts';
import { drawingsReport } from './drawings.ts';
import { lighthouseReport } from './lighthouse.ts';
import { linkReport } from './link.ts';
import { type Measured, measure } from './measure.ts';
import { eleventy, type Generator, hugo, layOut, OURS, postil, UNSEARCHED } from './peers.ts';
import { type Results, report, type Series, startsText } from './report.ts';
import { measureStarts } from './start.ts';

const HELP = `npm run bench -- [options]
  --notes 1000,10000   sizes of the corpus (default: both)
  --rounds N           rounds at the smallest size (default 5); larger ones are built once
  --quick              1,000 notes, two rounds and eight saves
  --only Postil,Hugo   these generators only
  --folder DIR         where sites and peers lie (default: the system's temporary folder); peers are kept there
  --bundle FILE        the command line to measure (default: bundle/cli.js)
  --starts             only how long the command line takes to start
  --dev                only the time from a save to the changed page
  --additions          only what the constructs cost beside the stock packages
  --drawings           only what a drawing in each tenth note costs a full build
  --lighthouse         only Lighthouse's score of performance for pages of this site
  --json               the raw figures
`;

/** The note that is edited. */
const EDITED = 7;

export async function bench(args: string[]): Promise<number> {
  const values = read(args);
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  try {
    return await run(values);
  } finally {
    clearAway(values.folder);
  }
}

function read(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      notes: { type: 'string' },
      rounds: { type: 'string' },
      quick: { type: 'boolean' },
      only: { type: 'string' },
      folder: { type: 'string', default: join(tmpdir(), 'postil-bench') },
      bundle: { type: 'string', default: 'bundle/cli.js' },
      starts: { type: 'boolean' },
      dev: { type: 'boolean' },
      additions: { type: 'boolean' },
      drawings: { type: 'boolean' },
      lighthouse: { type: 'boolean' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  return values;
}

async function run(values: ReturnType<typeof read>): Promise<number> {
  const sizes = (values.notes ?? (values.quick ? '1000' : '1000,10000')).split(',').map(Number);
  const rounds = Number(values.rounds ?? (values.quick ? 2 : 5));
  const say = (text: string) => process.stderr.write(`${text}\n`);

  const bundle = join(process.cwd(), values.bundle);
  const ours = () => postil(bundle, version);
  if (values.starts) {
    process.stdout.write(startsText(measureStarts(bundle, 30)));
    return 0;
  }
  if (values.additions) {
    process.stdout.write(await additionsReport(values.folder));
    return 0;
  }
  if (values.drawings) {
    process.stdout.write(await drawingsReport(values.folder, ours(), Math.min(...sizes), rounds));
    return 0;
  }
  const scores = () => lighthouseReport(values.folder, bundle);
  if (values.lighthouse) {
    process.stdout.write(await scores());
    return 0;
  }
  const generators: Generator[] = [];
  const absent: string[] = [];
  const install: Record<string, () => Generator> = {
    [OURS]: ours,
    [UNSEARCHED]: () => postil(bundle, version, false),
    Eleventy: () => eleventy(values.folder),
    Hugo: () => hugo(values.folder),
  };
  for (const [name, make] of Object.entries(install)) {
    if (values.only && !values.only.split(',').includes(name)) continue;
    try {
      generators.push(make());
    } catch (error) {
      absent.push(`${name}: ${(error instanceof Error ? error.message : String(error)).split('\n')[0]}`);
    }
  }
  for (const line of absent) say(`could not install ${line}`);

  if (values.dev) {
    process.stdout.write((await devReport(values.folder, generators, Math.min(...sizes))).table);
    return 0;
  }
  const load = loadavg()[0]!;
  const series: Series[] = [];
  for (const size of sizes) {
    const count = size === Math.min(...sizes) ? rounds : 1;
    // Its one row is of the smallest size.
    const built = generators.filter((g) => g.name !== UNSEARCHED || size === Math.min(...sizes));
    for (const generator of built) {
      layOut(siteOf(values.folder, generator, size), generator, size, values.folder);
    }
    for (let round = 0; round < count; round++) {
      say(`${size} notes, round ${round + 1} of ${count}`);
      for (const generator of built) await buildAll(values.folder, generator, size, round, series);
    }
    if (!values.quick) {
      say(`${size} notes, once more for their memory`);
      for (const generator of built) await buildAll(values.folder, generator, size, count, series, true);
    }
    for (const generator of built) {
      const folder = siteOf(values.folder, generator, size);
      series.push({
        generator: generator.name,
        size,
        work: 'bytes',
        values: [],
        bytes: bytesOf(folder, generator, size),
      });
    }
  }
  const whole = !values.json && !values.only;
  if (whole) say('from a save to the changed page');
  const dev = whole
    ? await devReport(values.folder, generators, Math.min(...sizes), values.quick ? 8 : 20)
    : undefined;
  const starts = whole ? measureStarts(bundle, values.quick ? 10 : 30) : undefined;
  const results: Results = {
    machine: `${cpus().length} × ${cpus()[0]?.model.trim()}, ${(totalmem() / 1e9).toFixed(0)} GB, ${process.platform} ${process.arch}, Node ${process.versions.node}`,
    load,
    versions: generators.map((g) => `${g.name} ${g.version}`),
    absent,
    series,
    saves: dev?.saves ?? [],
    starts,
  };
  process.stdout.write(values.json ? `${JSON.stringify(results, null, 1)}\n` : report(results));
  if (dev) process.stdout.write(`\n${dev.table}`);
  if (starts) process.stdout.write(`\n${startsText(starts)}`);
  if (whole && !values.quick) {
    say('link alone');
    process.stdout.write(`\n${await linkReport(sizes)}`);
    say('Lighthouse');
    process.stdout.write(`\n${await scores()}`);
  }
  return 0;
}

const siteOf = (folder: string, { name }: Generator, size: number) =>
  join(folder, `${name.toLowerCase().replaceAll(' ', '-')}-${size}`);

/**
 * One round of one generator: a full build, and for Postil the three that reuse it.
 *
 * @param watched whether it is for their memory, and counts in no other way
 */
async function buildAll(
  bench: string,
  generator: Generator,
  size: number,
  round: number,
  series: Series[],
  watched = false,
): Promise<void> {
  const { name, command, env, out, caches } = generator;
  const site = siteOf(bench, generator, size);
  const timed = async (work: Series['work']) => {
    const measured = await measure(command, site, env, watched);
    let found = series.find((s) => s.generator === name && s.size === size && s.work === work);
    if (!found) {
      found = { generator: name, size, work, values: [] as Measured[] };
      series.push(found);
    }
    if (watched) found.peakMb = measured.peakMb;
    else found.values.push(measured);
  };
  const edit = (change: Edit) =>
    writeFileSync(
      join(site, generator.posts, `${slugOf(EDITED)}.md`),
      note(EDITED, size, generator.link, change),
    );
  for (const folder of [out, ...caches]) putAway(join(site, folder), bench);
  await timed('full');
  if (name !== OURS) return;
  await timed('unchanged');
  edit({ sentence: `第 ${round + 1} 次修改，$x_${round}$。` });
  await timed('text');
  edit({ title: `${titleOf(EDITED)}，第 ${round + 1} 版` });
  await timed('title');
  edit({});
}

/** Bytes of the output by kind, and of the notes' pages alone. */
function bytesOf(site: string, { out }: Generator, size: number): NonNullable<Series['bytes']> {
  const kinds: Record<string, number> = {};
  let total = 0;
  let notes = 0;
  const folder = join(site, out);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = statSync(path).size;
    const kind = entry.name.slice(entry.name.lastIndexOf('.') + 1);
    kinds[kind] = (kinds[kind] ?? 0) + bytes;
    total += bytes;
    if (/(?:^|\/)note-\d{5}\/index\.html$/.test(relative(folder, path))) notes += bytes;
  }
  return { total, perNote: notes / size, kinds };
}
