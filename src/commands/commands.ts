/** Every command, loaded only when it is called. The order is that of the help. */

import { table } from '../table.ts';
import type { Command } from './command.ts';

type Load = () => Promise<{ command: Command }>;

// biome-ignore lint/suspicious/noExplicitAny: each command has options of its own; `Command` is what they share
const command = (load: () => Promise<{ command: Command<any> }>): Load => load as Load;

export const commands: Record<string, Load> = table({
  build: command(() => import('./build.ts')),
  dev: command(() => import('./dev.ts')),
  check: command(() => import('./check.ts')),
  preview: command(() => import('./preview.ts')),
  init: command(() => import('./init.ts')),
  new: command(() => import('./new.ts')),
  import: command(() => import('./import.ts')),
  deploy: command(() => import('./deploy.ts')),
  export: command(() => import('./export.ts')),
  theme: command(() => import('./theme.ts')),
  clean: command(() => import('./clean.ts')),
  doctor: command(() => import('./doctor.ts')),
  explain: command(() => import('./explain.ts')),
  completion: command(() => import('./completion.ts')),
});

/** Names that hands know from Hexo and others. */
export const aliases: Record<string, string> = table({
  b: 'build',
  d: 'deploy',
  s: 'dev',
  server: 'dev',
  serve: 'dev',
  n: 'new',
  g: 'build',
  generate: 'build',
});
