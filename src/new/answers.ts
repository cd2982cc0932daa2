/** Asks public services politely: one answer is kept, a slow or broken one is given up, a busy one is asked again. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hash } from '../hash.ts';
import { version } from '../package.ts';

const TIMEOUT_MS = 15_000;
const TRIES = 3;
const MAX_BYTES = 5_000_000;
/** Longest wait that a service may ask for. */
const MAX_WAIT_MS = 10_000;

/** A service did not answer, or not with what was asked for; the message says it to the author. */
export class NoAnswer extends Error {}

export interface AskOptions {
  /** Folder in which answers are kept; they are asked for once. */
  cache?: string;
  timeoutMs?: number;
  /** Waits between tries are multiplied by it; tests use 0. */
  patience?: number;
}

/**
 * @param url what to ask
 * @returns the text of the answer
 * @throws NoAnswer with the reason in words
 */
export async function ask(url: string, options: AskOptions = {}): Promise<string> {
  const file = options.cache && join(options.cache, `${hash(url)}.txt`);
  if (file) {
    try {
      return readFileSync(file, 'utf8');
    } catch {}
  }
  const host = new URL(url).host;
  for (let attempt = 1; ; attempt++) {
    const wait = await once(url, host, options, attempt < TRIES);
    if (typeof wait === 'number') {
      await new Promise((resolve) => setTimeout(resolve, wait * (options.patience ?? 1)));
      continue;
    }
    if (file && options.cache) {
      mkdirSync(options.cache, { recursive: true });
      writeFileSync(file, wait.text);
    }
    return wait.text;
  }
}

/** One try: the answer, or how long to wait before the next. */
async function once(
  url: string,
  host: string,
  options: AskOptions,
  again: boolean,
): Promise<{ text: string } | number> {
  let response: Response;
  try {
    response = await fetch(url, {
      signal: AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS),
      headers: { 'user-agent': `postil/${version}`, accept: '*/*' },
    });
    if (response.ok) return { text: await limited(response, host) };
  } catch (error) {
    if (error instanceof NoAnswer) throw error;
    const slow = error instanceof Error && error.name === 'TimeoutError';
    if (again && !slow) return 500;
    throw new NoAnswer(slow ? `${host} does not answer` : `${host} cannot be reached`);
  }
  if ((response.status === 429 || response.status >= 500) && again) {
    const asked = Number(response.headers.get('retry-after')) * 1000;
    return Math.min(MAX_WAIT_MS, asked > 0 ? asked : 1000);
  }
  if (response.status === 404) throw new NoAnswer(`${host} does not know it`);
  throw new NoAnswer(`${host} answers ${response.status}`);
}

async function limited(response: Response, host: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new NoAnswer(`${host} answers more than a paper's data`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
