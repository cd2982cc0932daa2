/** The worker's door: tinypool calls it with a batch of notes. */

// A plugin that ends "the process" would end this thread without a word to whoever waits for it.
process.exit = (code) => {
  throw new Error(`process.exit(${code ?? ''}) was called`);
};

export { compileBatch as default } from './batch.ts';
