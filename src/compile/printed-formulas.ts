/**
 * Formulas that were printed before: notes of one field share half of theirs. What one thread of a pool printed, the
 * others are told, since each would have to print it again; a third of what they print together is spared.
 */

import { BroadcastChannel, isMainThread, type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { BoundedMap, remembered } from '../bounded-map.ts';

/** What a formula becomes depends on these, and on its TeX. */
type Settings = string;
/** Settings, then formulas and what they became, in turn. */
type News = [Settings, ...string[]];

/** What one thread has printed, and has heard from others. */
export class PrintedFormulas {
  readonly #memory = new BoundedMap<string>(20_000);
  /** Short names of settings: they are part of every key. */
  readonly #nameOf = remembered(() => ++this.#count, 10_000);
  #count = 0;
  /** What was printed since others were last told. */
  readonly #news = new Map<Settings, News>();
  readonly #channel: BroadcastChannel | undefined;

  /** @param channel to others that print; nothing when there are none */
  constructor(channel: BroadcastChannel | undefined) {
    this.#channel = channel;
    if (!channel) return;
    channel.unref();
    channel.onmessage = (event) => this.#take((event as { data: News }).data);
  }

  #keyOf(settings: Settings, formula: string): string {
    return `${this.#nameOf(settings)} ${formula}`;
  }

  #take([settings, ...told]: News): void {
    for (let i = 0; i < told.length; i += 2) this.#memory.set(this.#keyOf(settings, told[i]!), told[i + 1]!);
  }

  /**
   * @param settings all that the result depends on beside the formula
   * @param formula its TeX, with a mark of whether it is displayed
   * @returns what it was printed as, if that is known here
   */
  get(settings: Settings, formula: string): string | undefined {
    return this.#memory.get(this.#keyOf(settings, formula));
  }

  /** Remembers what a formula was printed as; others hear of it when they are told. */
  set(settings: Settings, formula: string, html: string): void {
    this.#memory.set(this.#keyOf(settings, formula), html);
    if (!this.#channel) return;
    const list = this.#news.get(settings);
    if (list) list.push(formula, html);
    else this.#news.set(settings, [settings, formula, html]);
  }

  /** Takes what others have told: a thread at work looks at no message by itself. */
  hear(): void {
    if (!this.#channel) return;
    for (;;) {
      // Node takes a channel too (documentation of `receiveMessageOnPort`); the types do not say so.
      const received = receiveMessageOnPort(this.#channel as unknown as MessagePort);
      if (!received) return;
      this.#take(received.message as News);
    }
  }

  /** Tells others what was printed since the last time. */
  tell(): void {
    for (const told of this.#news.values()) this.#channel?.postMessage(told);
    this.#news.clear();
  }
}

/** Those of this thread. Another version of Postil in the same process has another file, and another channel. */
export const printedFormulas = new PrintedFormulas(
  isMainThread ? undefined : new BroadcastChannel(`postil formulas ${import.meta.url}`),
);
