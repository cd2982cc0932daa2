/**
 * How long it takes from a save to the changed page, in Chromium, with the development servers of Postil and Hugo on
 * the corpus: the same note is saved again and again while its page is open.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launch } from '../browser/chromium.ts';
import { note, slugOf } from './corpus.ts';
import { type Generator, layOut } from './peers.ts';
import { median } from './report.ts';

/** The note that is saved. */
const EDITED = 7;
/** Between two saves; editors and people are slower. */
const PAUSE_MS = 400;
const PATIENCE_MS = 60_000;

export interface Saves {
  generator: string;
  name: string;
  /** From the save to the changed page, ms. */
  shown: number[];
  /** Processor time of the server for one save, ms; where the system has no /proc, none. */
  cpu: number[];
}

/**
 * @param folder where sites lie
 * @param generators Postil, and Hugo where there is one; others have no server that is measured
 * @param size notes of the site
 * @returns a table of the medians, and what it was made of
 */
export async function devReport(
  folder: string,
  generators: Generator[],
  size: number,
  saves = 20,
): Promise<{ table: string; saves: Saves[] }> {
  const browser = await launch();
  const all: Saves[] = [];
  const lines = [
    `| server, ${size} notes | saves | median ms to the changed page | spread ms | CPU ms of the server a save |`,
    '|---|---:|---:|---:|---:|',
  ];
  try {
    for (const generator of generators) {
      const args = SERVERS[generator.name];
      if (!args) continue;
      const measured = await measureSaves(browser, folder, generator, args, size, saves).catch(String);
      if (typeof measured === 'string') {
        lines.push(`| ${generator.name} | | ${measured} | | |`);
        continue;
      }
      all.push(measured);
      const { name, shown, cpu } = measured;
      const sorted = [...shown].sort((a, b) => a - b);
      const spread = `${sorted[0]!.toFixed(0)}–${sorted.at(-1)!.toFixed(0)}`;
      lines.push(
        `| ${name} | ${saves} | ${median(shown).toFixed(0)} | ${spread} | ${cpu.length > 0 ? median(cpu).toFixed(0) : ''} |`,
      );
    }
  } finally {
    await browser.close();
  }
  return { table: `${lines.join('\n')}\n`, saves: all };
}

/** How each generator serves a site that is being written. */
const SERVERS: Record<string, (generator: Generator, port: number) => [string, ...string[]]> = {
  Postil: ({ command }, port) => [command[0], command[1]!, 'dev', '--port', String(port)],
  Hugo: ({ command }, port) => [command[0], 'server', '--bind', '127.0.0.1', '--port', String(port)],
};

async function measureSaves(
  browser: Browser,
  folder: string,
  generator: Generator,
  args: (generator: Generator, port: number) => [string, ...string[]],
  size: number,
  saves: number,
): Promise<Saves> {
  const site = join(folder, `dev-${generator.name.toLowerCase()}-${size}`);
  layOut(site, generator, size, folder);
  const port = 4100 + Math.floor(Math.random() * 800);
  const [program, ...rest] = args(generator, port);
  const server = spawn(program, rest, {
    cwd: site,
    env: { ...process.env, ...generator.env },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const page = await browser.newPage();
  try {
    const address = `http://127.0.0.1:${port}/posts/${slugOf(EDITED)}/`;
    await answers(address, server);
    let seen: (n: number, at: number) => void = () => {};
    await page.exposeFunction('postilSeen', (n: number, at: number) => seen(n, at));
    // In every document, since some servers have the page loaded anew.
    await page.addInitScript(() => {
      let last = -1;
      const look = () => {
        const [, n] = /第 (\d+) 次保存/.exec(document.body?.textContent ?? '') ?? [];
        if (n === undefined || Number(n) === last) return;
        last = Number(n);
        (globalThis as unknown as { postilSeen: (n: number, at: number) => void }).postilSeen(
          last,
          Date.now(),
        );
      };
      new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
    });
    await page.goto(address, { waitUntil: 'load' });
    const result: Saves = {
      generator: generator.name,
      name: `${generator.name} ${generator.version}`,
      shown: [],
      cpu: [],
    };
    // The first saves warm the compiler and are not counted.
    for (let i = -3; i < saves; i++) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      const before = processorTime(server.pid!);
      const number = i + 10;
      const arrived = new Promise<number>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`${generator.name}: not shown`)), PATIENCE_MS);
        seen = (n, at) => {
          if (n !== number) return;
          clearTimeout(timer);
          resolve(at);
        };
      });
      const saved = Date.now();
      const text = note(EDITED, size, generator.link, { sentence: `第 ${number} 次保存，$x_{${number}}$。` });
      writeFileSync(join(site, generator.posts, `${slugOf(EDITED)}.md`), text);
      const at = await arrived;
      if (i < 0) continue;
      result.shown.push(at - saved);
      const after = processorTime(server.pid!);
      if (before !== undefined && after !== undefined) result.cpu.push(after - before);
    }
    return result;
  } finally {
    await page.close();
    server.kill('SIGTERM');
  }
}

/** Waits until an address is answered. @throws when the server ends, or after five minutes */
async function answers(address: string, server: ChildProcess): Promise<void> {
  const end = Date.now() + 5 * PATIENCE_MS;
  while (Date.now() < end && server.exitCode === null) {
    try {
      if ((await fetch(address)).ok) return;
    } catch {}
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${address} is not served`);
}

/** Milliseconds of processor time that a process has had, to a hundredth of a second. */
function processorTime(pid: number): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return undefined;
  }
}
