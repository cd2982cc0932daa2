/**
 * Postil's templates with a site's own files in their places → code that renders, and the browser's part. The only
 * file that loads Vite for them, and only when one of the site's files, or Postil, is new.
 *
 * The files are laid out as one folder, so that relative imports hold whoever wrote them. Packages come from
 * Postil's own bundle: a site needs no node_modules.
 */

import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Rolldown } from 'vite';
import { type BundleInputs, InputsSeen } from '../bundling/inputs.ts';
import { runVite } from '../bundling/vite.ts';
import { type ClientFiles, describeClient } from '../client.ts';
import { root } from '../package.ts';
import { originals } from './files.ts';
import { ownPlace } from './own-place.ts';

/** The templates as one module, with its source map. */
export interface ServerCode {
  code: string;
  map: string;
  /** What templates import from outside: packages that the site has installed. */
  inputs: BundleInputs;
}

/** What the browser loads; contents in base64, by path. */
export interface ClientCode {
  client: ClientFiles;
  contents: Record<string, string>;
  /** As those of the server's code. */
  inputs: BundleInputs;
}

const vendor = (name: string) => join(root, 'bundle', 'vendor', `${name}.mjs`);
const alias = [
  { find: /^preact$/, replacement: vendor('preact') },
  { find: /^preact\/hooks$/, replacement: vendor('preact-hooks') },
  { find: /^preact\/jsx-(?:dev-)?runtime$/, replacement: vendor('preact-jsx-runtime') },
  { find: /^preact-render-to-string$/, replacement: vendor('preact-render-to-string') },
  { find: /^giscus$/, replacement: vendor('giscus') },
];

const ENGLISH = 'strings/en.ts';

/** Postil's templates and over them the site's, in a folder that is gone afterwards. */
export interface Layout {
  /** The site's folder. */
  site: string;
  folder: string;
  remove(): void;
}

/**
 * @param site the site's folder
 * @param work `.postil/theme`, in which it gets a folder of its own
 * @param files the site's own, path below `templates/` and text
 */
export function layOut(site: string, work: string, files: Map<string, Uint8Array>): Layout {
  const folder = ownPlace(work, `source-${randomUUID()}`);
  const lay = (path: string, bytes: Uint8Array) => {
    mkdirSync(dirname(join(folder, 'templates', path)), { recursive: true });
    writeFileSync(join(folder, 'templates', path), bytes);
  };
  // Not copied: a package may be read-only, and a copy would be so too.
  for (const path of readdirSync(originals, { recursive: true }) as string[])
    if (statSync(join(originals, path)).isFile()) lay(path, readFileSync(join(originals, path)));
  for (const [path, bytes] of files) lay(path, bytes);
  // What the site's own English leaves out is said in Postil's.
  if (files.has(ENGLISH)) lay('strings/postil/en.ts', readFileSync(join(originals, ENGLISH)));
  // Else the site's own would be read, which is about other code.
  writeFileSync(join(folder, 'tsconfig.json'), '{}');
  return { site, folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

const common = (folder: string, seen: InputsSeen) => ({
  root: folder,
  resolve: { alias },
  plugins: [seen.plugin],
  css: { postcss: { plugins: [seen.postcss] } },
  oxc: { jsx: { runtime: 'automatic' as const, importSource: 'preact' } },
});

/** Postil's own files are known, and so are the site's templates: they are laid out. */
const outside = ({ site, folder }: Layout) => new InputsSeen(site, [folder, join(root, 'bundle')]);

/** @throws what Vite throws; see `faultOf` */
export async function compileServer(layout: Layout): Promise<ServerCode> {
  const { folder } = layout;
  const seen = outside(layout);
  const made = await runVite({
    ...common(folder, seen),
    ssr: { noExternal: true },
    build: {
      ssr: true,
      write: false,
      minify: false,
      sourcemap: 'hidden',
      target: 'node20.19',
      rolldownOptions: {
        input: join(folder, 'templates/theme.ts'),
        output: { codeSplitting: false },
      },
    },
  });
  const [chunk] = ([made].flat()[0] as Rolldown.RolldownOutput).output;
  return { code: chunk.code, map: JSON.stringify(chunk.map), inputs: seen.list() };
}

/**
 * @param own the browser's part as Postil has it
 * @throws what Vite throws; see `faultOf`
 */
export async function compileClient(layout: Layout, own: ClientFiles): Promise<ClientCode> {
  const { folder } = layout;
  const seen = outside(layout);
  const out = join(folder, 'out');
  await runVite({
    ...common(folder, seen),
    base: './',
    build: {
      outDir: out,
      manifest: 'manifest.json',
      target: ['chrome111', 'safari16.4'],
      assetsInlineLimit: 0,
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: ['style/site.css', 'client/main.ts', 'client/theme.ts'].map((name) =>
          join(folder, 'templates', name),
        ),
        output: {
          entryFileNames: 'assets/[name]-[hash].js',
          chunkFileNames: 'assets/[name]-[hash].js',
          assetFileNames: 'assets/[name]-[hash][extname]',
        },
      },
    },
  });
  const client = describeClient(out, own);
  const contents: Record<string, string> = {};
  const theirs = new Set(own.files.map((f) => f.path));
  for (const { path } of client.files)
    if (!theirs.has(path)) contents[path] = readFileSync(join(out, path)).toString('base64');
  return { client, contents, inputs: seen.list() };
}
