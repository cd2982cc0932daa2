/** Small whole sites on disk, built by the bundled command line. */

import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

export const cli = fileURLToPath(new URL('../../bundle/cli.js', import.meta.url));
/** The repository: a site of its own. */
export const repository = fileURLToPath(new URL('../../', import.meta.url));
/** Slugs of its ten notes, newest first. */
export const TEN_NOTES = [
  'virtex',
  'multimodal-transformer',
  'knowledge-distillation',
  'dl-interview',
  'detr',
  'polarmask',
  'retinanet',
  'fpn',
  'pspnet',
  'fcn',
];

const made: string[] = [];
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder with the given files, removed when the tests of the file end. */
export function folderOf(files: Record<string, string | Uint8Array> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'postil-test-'));
  made.push(folder);
  for (const [path, contents] of Object.entries(files)) put(folder, path, contents);
  return folder;
}

/** An empty folder, in memory where the machine has a place for that: for tests that copy sites again and again. */
export function quickFolder(): string {
  if (!existsSync('/dev/shm')) return folderOf();
  const folder = mkdtempSync('/dev/shm/postil-test-');
  made.push(folder);
  return folder;
}

/** Writes one file. */
export function put(folder: string, path: string, contents: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), contents);
}

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs `postil` with the given arguments. */
export function postil(
  args: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; node?: string[] } = {},
): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [...(options.node ?? []), cli, ...args],
      { cwd: options.cwd, env: { ...process.env, ...options.env }, maxBuffer: 1 << 26 },
      (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code ?? -1) : 0, stdout, stderr });
      },
    );
  });
}

/** Every file below a folder, by path with `/`, sorted. */
export function readFolder(folder: string): Map<string, Buffer> {
  const paths: string[] = [];
  const walk = (path: string) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (entry.isDirectory()) walk(join(path, entry.name));
      else paths.push(relative(folder, join(path, entry.name)).replaceAll('\\', '/'));
    }
  };
  walk(folder);
  return new Map(paths.sort().map((p) => [p, readFileSync(join(folder, p))]));
}
