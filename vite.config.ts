/**
 * Bundles the engine: the command line, the API and the worker, as flat chunks below `bundle/`. Everything is
 * bundled except Vite and native packages, since npm ignores the `overrides` of an installed package: what
 * stays outside could bring a second KaTeX.
 */

import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin, parseAst, transformWithOxc } from 'vite';
import { describeClient } from './src/client.ts';
import { hash } from './src/hash.ts';
import { packTheme } from './vite.theme.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** What stands in for packages below the pipeline; each file says why. */
export const aliases = [
  // Never called, since no formula is printed as HTML to be parsed (see `katexTrees`).
  { find: 'hast-util-from-html-isomorphic', replacement: path('./src/compile/katex-raw.ts') },
  { find: /^js-yaml$/, replacement: path('./src/compile/no-js-yaml.ts') },
  { find: /^unist-util-visit$/, replacement: path('./src/compile/visit.ts') },
  { find: /^unist-util-visit-parents$/, replacement: path('./src/compile/visit-parents.ts') },
];

/** rehype-katex gets `src/compile/katex-raw.ts` for KaTeX, which that file imports itself. */
export const katexTrees: Plugin = {
  name: 'postil-katex-trees',
  enforce: 'pre',
  resolveId: (source, importer) =>
    source === 'katex' && importer?.includes('/node_modules/rehype-katex/')
      ? path('./src/compile/katex-raw.ts')
      : undefined,
};

const SLOW_EM = /return \+n\.toFixed\(4\) \+ "em";/;

/** KaTeX prints the same few hundred lengths again and again: a fifteenth of its time. */
const quickLengths: Plugin = {
  name: 'postil-quick-lengths',
  transform(code, id) {
    if (!id.endsWith('/katex/dist/katex.mjs')) return;
    if (!SLOW_EM.test(code))
      this.error('KaTeX’s makeEm is not what it was: see quickLengths in vite.config.ts');
    const quick = code.replace(
      SLOW_EM,
      'let em = lengths.get(n); if (em === undefined) { if (lengths.size > 5000) lengths.clear(); em = +n.toFixed(4) + "em"; lengths.set(n, em); } return em;',
    );
    return { code: `const lengths = new Map();\n${quick}`, map: null };
  },
};

/** vega-canvas asks for a package that draws on Node at the top of its module, which no script can wait for. We draw none. */
const noCanvas: Plugin = {
  name: 'postil-no-canvas',
  transform(code, id) {
    if (!/\/node_modules\/vega-canvas\/.*canvas\.node\.js$/.test(id)) return;
    const without = code.replace("await import('canvas')", 'null');
    if (without === code) this.error('vega-canvas is not what it was: see noCanvas in vite.config.ts');
    return { code: without, map: null };
  },
};

/**
 * Writes what is not ASCII as escapes, which mean the same in strings, templates, names and regular expressions: Node reads
 * a file of ASCII, a byte a character, in 8 % less time, in each thread anew. Not in what a tag reads raw; `String.raw`, our
 * only tag, makes nothing but regular expressions.
 */
const inAscii: Plugin = {
  name: 'postil-ascii',
  generateBundle(_, files) {
    for (const file of Object.values(files)) {
      if (file.type !== 'chunk' || !/[^\0-\x7f]/.test(file.code)) continue;
      if (/(?<!\\)(?:\\\\)*\\[^\0-\x7f]/.test(file.code))
        this.error(`${file.fileName}: a character behind a backslash cannot be escaped`);
      file.code = withQuotedNames(file.code).replace(
        /[^\0-\x7f]/g,
        (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
      // Names that cannot be escaped.
      parseAst(file.code);
    }
  },
};

/** In a name, a character beyond U+FFFF cannot be written as two escapes; in the string of the same letters it can. */
function withQuotedNames(code: string): string {
  if (!/[\ud800-\udbff]/.test(code)) return code;
  let out = '';
  let at = 0;
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, name, start, end } = node as { type?: string; name?: string; start: number; end: number };
    if (type === 'Identifier' && /[\ud800-\udbff]/.test(name!)) {
      out += code.slice(at, start) + JSON.stringify(name);
      at = end;
    }
    for (const inner of Object.values(node)) visit(inner);
  };
  visit(parseAst(code));
  return out + code.slice(at);
}

/** The modules by which the bundle is entered. What they lead to is CommonJS (`src/load.ts`). */
const doors: Plugin = {
  name: 'postil-doors',
  async generateBundle(_, files) {
    const emit = (fileName: string, source: string) => this.emitFile({ type: 'asset', fileName, source });
    const loader = path('./src/load.ts');
    emit('load.js', (await transformWithOxc(readFileSync(loader, 'utf8'), loader)).code);
    // Waited for: where nothing more can happen, Node ends with a code of its own (13), not as if all were done.
    emit('cli.js', "#!/usr/bin/env node\nimport { load } from './load.js';\nawait load('cli.cjs').run();\n");
    for (const file of Object.values(files)) {
      if (file.type !== 'chunk' || !file.isEntry || file.name === 'cli') continue;
      const exported = file.exports.map((name) =>
        name === 'default' ? 'export default found.default;\n' : `export const ${name} = found.${name};\n`,
      );
      emit(
        `${file.name}.js`,
        `import { load } from './load.js';\nconst found = load('${file.fileName}');\n${exported.join('')}`,
      );
    }
  },
};

/**
 * Writes `bundle/engine.json`: one hash of all code, part of every key in a site's store, and the names of the
 * browser's files. Runs after vite.client.config.ts.
 */
const describeEngine: Plugin = {
  name: 'postil-engine',
  async closeBundle() {
    const folder = path('./bundle');
    const code = readdirSync(folder)
      .filter((n) => /\.c?js$/.test(n))
      .sort();
    const picture = readFileSync(path('./templates/og.png'));
    writeFileSync(`${folder}/client/assets/og-${hash(picture).slice(0, 8)}.png`, picture);
    const client = describeClient(`${folder}/client`);
    const engine = {
      hash: hash(...code.flatMap((n) => [n, readFileSync(`${folder}/${n}`)]), JSON.stringify(client)),
      client,
    };
    writeFileSync(`${folder}/engine.json`, `${JSON.stringify(engine, null, 1)}\n`);
    chmodSync(`${folder}/cli.js`, 0o755);
    await packTheme(path('./templates'), folder);
  },
};

const INPUT = {
  cli: path('./src/cli.ts'),
  index: path('./src/index.ts'),
  worker: path('./src/threads/worker.ts'),
};

/**
 * Files of the bundle, by the modules that they begin with: what these import statically goes into one file. Each file of
 * its own costs a millisecond or two to find and read, in each thread anew. What several need goes to the first of them, or
 * into a file of its own.
 */
const FILES = {
  start: ['src/cli.ts'],
  // What a build in which nothing changed loads, and what threads share with it.
  build: ['src/commands/build.ts'],
  // What postil.yml and front matter are parsed with.
  yaml: ['src/yaml.ts'],
  // What a build loads where postil.yml is new to it.
  config: ['src/config/config.ts'],
  compile: ['src/threads/worker.ts'],
  // What a build loads once something changed.
  site: [
    'src/link/link.ts',
    'src/emit/emit.ts',
    'src/search/pages.ts',
    'src/images/images.ts',
    'src/theme/theme.ts',
    'src/printing/printing.ts',
  ],
};

interface Modules {
  getModuleInfo(id: string): { importedIds: string[] } | null;
}

/** @returns the module's file, once all modules are known */
function fileOf(modules: Modules): (id: string) => string | undefined {
  const reached = (begins: string[]) => {
    const ids = new Set<string>();
    const reach = (id: string): void => {
      if (ids.has(id)) return;
      ids.add(id);
      for (const imported of modules.getModuleInfo(id)?.importedIds ?? []) reach(imported);
    };
    for (const begin of begins) reach(path(`./${begin}`));
    return ids;
  };
  const entered = new Set(Object.values(INPUT));
  const [start, build] = [reached(FILES.start), reached(FILES.build)];
  const [yaml, config] = [reached(FILES.yaml), reached(FILES.config)];
  const [compile, site] = [reached(FILES.compile), reached(FILES.site)];
  return (id) => {
    // What they do when they are loaded is theirs alone.
    if (entered.has(id)) return undefined;
    // The door and the threads share it, and neither wants what else the other loads.
    if (id === path('./src/bundled.ts')) return 'bundled';
    if (start.has(id)) return 'start';
    if (build.has(id)) return 'build';
    if (yaml.has(id)) return 'yaml';
    // Threads do not load what makes pages until they make some, and the process itself does not load the compiler.
    const by = [compile, site, config].filter((ids) => ids.has(id));
    if (by.length > 1) return 'shared';
    return by[0] === compile ? 'compile' : by[0] === site ? 'site' : undefined;
  };
}

let find: ReturnType<typeof fileOf> | undefined;

export default defineConfig({
  plugins: [katexTrees, quickLengths, noCanvas, inAscii, doors, describeEngine],
  publicDir: false,
  resolve: { alias: aliases },
  ssr: { noExternal: true, external: ['vite', 'tinypool', 'sharp'] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    ssr: true,
    target: 'node20.19',
    outDir: 'bundle',
    emptyOutDir: false,
    minify: true,
    rolldownOptions: {
      // gray-matter's JavaScript engine holds a direct `eval`; it is never reached (src/compile/front-matter.ts).
      checks: { eval: false },
      input: INPUT,
      output: {
        format: 'cjs',
        exports: 'named',
        // Flat: a path relative to `import.meta.url` holds in every chunk.
        entryFileNames: '[name].cjs',
        chunkFileNames: '[name]-[hash].cjs',
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            {
              debugName: 'files',
              name: (id, modules) => {
                find ??= fileOf(modules);
                return find(id) ?? null;
              },
            },
          ],
        },
      },
    },
  },
});
