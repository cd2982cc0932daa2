// `npm run bench`: Node 20 reads no TypeScript, so Vite loads the bench.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const { module } = await runnerImport(fileURLToPath(new URL('./bench.ts', import.meta.url)), {
  configFile: false,
  logLevel: 'warn',
});
process.exitCode = await module.bench(process.argv.slice(2));
