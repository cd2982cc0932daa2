/** Links to other hosts, asked one after the other and remembered: `postil check --external`. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { linkDead } from '../diagnostics/messages.ts';
import type { Diagnostic } from '../model.ts';
import { version } from '../package.ts';
import { compare } from '../paths.ts';

/** An address in a note, with its place. */
export interface ExternalLink {
  url: string;
  file: string;
  line: number;
  column: number;
}

export interface ExternalOptions {
  /** File in which answers are kept. */
  cache: string;
  /** Milliseconds since 1970: a command may look at the clock. */
  now: number;
  progress?: (done: number, total: number) => void;
  /** Waits are multiplied by it; tests use 0. */
  patience?: number;
}

const TIMEOUT_MS = 10_000;
/** Between two questions to one host. */
const PAUSE_MS = 500;
const TRIES = 3;
/** A good answer is believed for a week, a bad one for an hour. */
const GOOD_MS = 7 * 24 * 3600_000;
const BAD_MS = 3600_000;
/** Hosts asked at the same time. */
const HOSTS = 8;

interface Answer {
  problem: string;
  at: number;
}

/**
 * @param links every link, in the order of the messages
 * @returns a warning for each link that leads nowhere
 */
export async function checkExternal(links: ExternalLink[], options: ExternalOptions): Promise<Diagnostic[]> {
  const answers = load(options.cache);
  const wanted = [...new Set(links.map((l) => l.url.split('#')[0]!))].sort(compare);
  const asked = wanted.filter((url) => {
    const known = answers.get(url);
    return !known || options.now - known.at > (known.problem === '' ? GOOD_MS : BAD_MS);
  });
  const hosts = new Map<string, string[]>();
  for (const url of asked) {
    const host = new URL(url).host;
    hosts.set(host, [...(hosts.get(host) ?? []), url]);
  }
  let done = 0;
  const queue = [...hosts.values()];
  const work = async () => {
    for (let urls = queue.shift(); urls; urls = queue.shift()) {
      for (const [i, url] of urls.entries()) {
        if (i > 0) await pause(PAUSE_MS * (options.patience ?? 1));
        answers.set(url, { problem: await ask(url, options.patience ?? 1), at: options.now });
        options.progress?.(++done, asked.length);
      }
    }
  };
  await Promise.all(Array.from({ length: HOSTS }, work));
  save(options.cache, answers, new Set(wanted));
  return links.flatMap(({ url, file, line, column }) => {
    const problem = answers.get(url.split('#')[0]!)?.problem ?? '';
    return problem === '' ? [] : [linkDead({ file, line, column, length: url.length }, url, problem)];
  });
}

/** What is wrong with an address; empty when nothing is. */
async function ask(url: string, patience: number): Promise<string> {
  let problem = '';
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    // Some servers answer HEAD wrongly: only GET is believed when it says no.
    for (const method of ['HEAD', 'GET']) {
      try {
        const response = await fetch(url, {
          method,
          redirect: 'follow',
          signal: AbortSignal.timeout(TIMEOUT_MS),
          headers: { 'user-agent': `postil/${version} (link check)` },
        });
        await response.body?.cancel();
        if (response.ok) return '';
        // Behind a login or a robot check there may well be a page.
        if ([401, 403, 405, 406, 999].includes(response.status) && method === 'GET') return '';
        problem = `it answers ${response.status}`;
        if (response.status === 404 || response.status === 410) {
          if (method === 'GET') return problem;
        }
      } catch (error) {
        problem =
          error instanceof Error && error.name === 'TimeoutError'
            ? 'it does not answer'
            : 'it cannot be reached';
      }
    }
    if (attempt < TRIES) await pause(1000 * attempt * patience);
  }
  return problem;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function load(file: string): Map<string, Answer> {
  try {
    return new Map(Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Answer>));
  } catch {
    return new Map();
  }
}

function save(file: string, answers: Map<string, Answer>, wanted: Set<string>): void {
  mkdirSync(dirname(file), { recursive: true });
  const kept = [...answers].filter(([url]) => wanted.has(url)).sort(([a], [b]) => compare(a, b));
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(kept), null, 1)}\n`);
}
