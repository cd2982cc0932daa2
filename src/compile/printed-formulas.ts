/**
 * Formulas that were printed before: notes of one field share half of theirs. What one thread of a pool printed, the
 * others are told, since each would have to print it again; a third of what they print together is spared.
 */

import { BroadcastChannel, isMainThread, type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { BoundedMap } from '../bounded-map.ts';

/** What a formula becomes depends on these, and on its TeX. */
type Settings = string;
/** Settings, then formulas and what they became, in turn. */
type News = [Settings, ...string[]];

const memory = new BoundedMap<string>(20_000);
/** Short names of settings, for this thread: they are part of every key. */
const names = new BoundedMap<number>(10_000);
let count = 0;

/** What was printed since others were last told. */
const news = new Map<Settings, News>();
/** In the same process another version of Postil may be at work: the name of its file is another. */
const channel = isMainThread ? undefined : new BroadcastChannel(`postil formulas ${import.meta.url}`);
channel?.unref();
if (channel) channel.onmessage = (event) => take((event as { data: News }).data);

function keyOf(settings: Settings, formula: string): string {
  let name = names.get(settings);
  if (name === undefined) {
    name = ++count;
    names.set(settings, name);
  }
  return `${name} ${formula}`;
}

function take([settings, ...told]: News): void {
  for (let i = 0; i < told.length; i += 2) memory.set(keyOf(settings, told[i]!), told[i + 1]!);
}

/**
 * @param settings all that the result depends on beside the formula
 * @param formula its TeX, with a mark of whether it is displayed
 * @returns what it was printed as, if this thread knows
 */
export function printedFormula(settings: Settings, formula: string): string | undefined {
  return memory.get(keyOf(settings, formula));
}

/** Remembers what a formula was printed as; others hear of it with `tellFormulas`. */
export function rememberFormula(settings: Settings, formula: string, html: string): void {
  memory.set(keyOf(settings, formula), html);
  if (!channel) return;
  const list = news.get(settings);
  if (list) list.push(formula, html);
  else news.set(settings, [settings, formula, html]);
}

/** Takes what other threads have printed meanwhile: a thread at work looks at no message by itself. */
export function hearFormulas(): void {
  if (!channel) return;
  for (;;) {
    // Node takes a channel too (its documentation of `receiveMessageOnPort`); the types do not say so.
    const received = receiveMessageOnPort(channel as unknown as MessagePort);
    if (!received) return;
    take(received.message as News);
  }
}

/** Tells other threads what was printed since the last time. */
export function tellFormulas(): void {
  for (const told of news.values()) channel?.postMessage(told);
  news.clear();
}
