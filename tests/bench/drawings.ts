/**
 * What a diagram or plot in each tenth note costs a full build: the corpus with and without, in turn. Every drawing
 * is another one, so that none comes from the store.
 */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { putAway } from './away.ts';
import { note, slugOf } from './corpus.ts';
import { measure } from './measure.ts';
import { type Generator, layOut } from './peers.ts';
import { median } from './report.ts';

/** The build with drawings may take this much more processor time. */
const MOST = 1.25;

const DRAWINGS: ((n: number) => string)[] = [
  (n) => `\`\`\`dot\ndigraph {
  rankdir=LR
  图像${n} -> 骨干 -> C${n}
  骨干 -> 颈部 -> 分类头
  颈部 -> 回归头
}\n\`\`\``,
  (n) => `\`\`\`mermaid\nflowchart LR
  A[图像 ${n}] --> B[编码器]
  B --> C{匹配}
  C -->|是| D[损失 ${n}]
  C -->|否| E[背景]
\`\`\``,
  (n) => `\`\`\`plot\n-(1-x)^g * log(x)\ng = 0, ${1 + (n % 400) / 100}, 5\nx = 0.01 .. 1\ny = 0 .. 5\n\`\`\``,
  (
    n,
  ) => `\`\`\`vega-lite\n{"data": {"values": [{"a": "甲", "b": ${n}}, {"a": "乙", "b": ${n + 3}}, {"a": "丙", "b": 2}]},
 "mark": "bar", "encoding": {"x": {"field": "a", "type": "nominal"}, "y": {"field": "b", "type": "quantitative"}}}
\`\`\``,
];

/** The drawing in a note that has one. */
export const drawingOf = (i: number): string => DRAWINGS[(i / 10) % DRAWINGS.length]!(i);

/** Puts a drawing into each tenth note of a site. */
function addDrawings(site: string, { posts, link }: Generator, size: number): void {
  for (let i = 0; i < size; i += 10)
    writeFileSync(join(site, posts, `${slugOf(i)}.md`), `${note(i, size, link)}\n${drawingOf(i)}\n`);
}

/**
 * @param folder where the two sites lie
 * @param generator Postil, as it is measured
 * @returns the table
 */
export async function drawingsReport(
  folder: string,
  generator: Generator,
  size: number,
  rounds: number,
): Promise<string> {
  const sites = [false, true].map((drawings) =>
    join(folder, drawings ? 'with-drawings' : 'without-drawings'),
  );
  for (const site of sites) layOut(site, generator, size, folder);
  addDrawings(sites[1]!, generator, size);
  const seconds: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    for (const side of round % 2 === 0 ? [0, 1] : [1, 0]) {
      const site = sites[side]!;
      for (const made of [generator.out, ...generator.caches]) putAway(join(site, made), folder);
      const { cpuSeconds } = await measure(generator.command, site, generator.env);
      seconds[side]!.push(cpuSeconds ?? Number.NaN);
    }
  }
  const [without, withDrawings] = seconds;
  const ratios = without.map((s, i) => withDrawings[i]! / s).sort((a, b) => a - b);
  const got = median(ratios);
  return [
    '| full build, CPU s | rounds | without | a drawing in each tenth note | ratio | spread | bar | |',
    '|---|---:|---:|---:|---:|---:|---:|---|',
    `| ${size} notes | ${rounds} | ${median(without).toFixed(1)} | ${median(withDrawings).toFixed(1)} | ${got.toFixed(2)} | ${ratios[0]!.toFixed(2)}–${ratios.at(-1)!.toFixed(2)} | ${MOST} | ${got <= MOST ? 'holds' : 'MISSED'} |`,
    '',
  ].join('\n');
}
