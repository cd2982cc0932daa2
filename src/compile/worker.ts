/** The worker's door: tinypool calls it with a batch of notes. */
export { compileBatch as default } from './batch.ts';
