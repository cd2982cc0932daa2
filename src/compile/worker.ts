/** The worker's door: tinypool calls it with a batch of notes. */

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

export { compileBatch as default } from './batch.ts';
