/** The worker's door: tinypool calls it with a batch of notes, for files of the site, or for the word files of the search index. */

// A plugin that ends "the process" would end this thread without a word to whoever waits for it. Node itself
// calls this too, when an error that nobody caught ends the thread; that one is reported.
const exit = process.exit.bind(process);
let dying = false;
process.on('uncaughtExceptionMonitor', () => {
  dying = true;
});
process.exit = (code) => {
  if (dying) exit(code);
  throw new Error(`process.exit(${code ?? ''}) was called`);
};

import type { MessagePort } from 'node:worker_threads';
import type { PrintJob } from '../printing/thread.ts';
import type { WordsAhead } from '../search/thread.ts';
import type { WordFile, WordsJob } from '../search/word-files.ts';

export { keepCode } from '../bundled.ts';
export { compileBatch as default } from '../compile/batch.ts';
export { printAhead } from '../compile/formulas-ahead.ts';

/** @param port tells of the job, or that there is none */
export async function words({
  port,
  ...ahead
}: WordsAhead & { port: MessagePort }): Promise<WordFile[] | undefined> {
  const job = new Promise<WordsJob | undefined>((resolve) => {
    port.once('message', resolve);
  });
  const { wordFilesFromStore } = await import('../search/thread.ts');
  return wordFilesFromStore(ahead, job).finally(() => port.close());
}

/** Has this thread load what it will print with. */
export async function warm(): Promise<void> {
  await (await import('../printing/thread.ts')).warm();
}

/** @returns the hash of each file that was written; nothing where it could not be made */
export async function print(job: PrintJob): Promise<(string | undefined)[]> {
  const { printFiles } = await import('../printing/thread.ts');
  return printFiles(job);
}
