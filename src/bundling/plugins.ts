/**
 * `plugins:` of postil.yml: remark and rehype plugins, npm packages or files of the site, laid into one bundle
 * with everything that they import. The bundle's hash is part of every note's key in the store, so another
 * version, or another line in a file, compiles the notes anew. Vite is loaded only when one of the files
 * that went into the last bundle has changed.
 */

import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import type { LoadedPlugins } from '../compile/options.ts';
import type { PluginEntry } from '../config/config.ts';
import { CONFIG_FILE, placeInConfig } from '../config/file.ts';
import { folderName, pluginBroken } from '../diagnostics/messages.ts';
import { hash } from '../hash.ts';
import type { Diagnostic } from '../model.ts';
import { mapOf } from '../plugin-fault.ts';
import { faultOf } from './fault.ts';
import { areSame, type BundleInputs, InputsSeen } from './inputs.ts';
import { runVite } from './vite.ts';

interface Bundled {
  /** What was asked for. */
  uses: string[];
  inputs: BundleInputs;
  bundle: string;
}

export interface PluginsOptions {
  /** The site's folder, from which packages are looked for. */
  site: string;
  entries: PluginEntry[];
  /** Text of `postil.yml`, for messages. */
  yml: string | undefined;
  /** Where the bundle is kept. */
  work: string;
  /** Hash of Postil's own code. */
  code: string;
}

/** @returns the bundle, or why there is none; neither for a site without plugins */
export async function bundlePlugins({
  site,
  entries,
  yml,
  work,
  code,
}: PluginsOptions): Promise<{ plugins?: LoadedPlugins; diagnostics: Diagnostic[] }> {
  if (entries.length === 0) return { diagnostics: [] };
  const uses = entries.map((e) => e.use);
  const diagnostics = uses.flatMap((use) => {
    const isFile = /^[./]|\.[cm]?[jt]s$/.test(use);
    const path = resolve(site, use);
    const inside = !relative(site, path).startsWith('..') && !isAbsolute(relative(site, path));
    if (!isFile || (inside && existsSync(path))) return [];
    return [
      pluginBroken(
        placeInConfig(yml, use),
        use,
        inside ? 'there is no such file' : 'it lies outside the site',
        'a file of the site is named from the site’s folder: ./plugins/name.mjs',
      ),
    ];
  });
  // What follows it is no part of a file's name for Vite.
  if (site.includes('?')) diagnostics.push(folderName(placeInConfig(yml, 'plugins:'), 'plugins', '?'));
  if (diagnostics.length > 0) return { diagnostics };

  const folder = join(work, 'plugins');
  const recordFile = join(folder, 'record.json');
  const known = read(recordFile);
  const list = entries.map(({ use, at, trusted, options }) => ({ use, at, trusted, options }));
  if (known && isCurrent(known, [code, ...uses], site, folder))
    return { plugins: { file: join(folder, `${known.bundle}.mjs`), hash: known.bundle, list }, diagnostics };
  try {
    mkdirSync(folder, { recursive: true });
    const { text, map, inputs } = await bundle(site, uses, realpathSync(folder));
    const name = hash(text, map);
    put(join(folder, `${name}.mjs`), text);
    put(join(folder, mapOf(`${name}.mjs`)), map);
    const record: Bundled = { uses: [code, ...uses], inputs, bundle: name };
    put(recordFile, JSON.stringify(record));
    return { plugins: { file: join(folder, `${name}.mjs`), hash: name, list }, diagnostics };
  } catch (error) {
    return { diagnostics: [told(error, site, uses, yml)] };
  }
}

const WHAT_A_PLUGIN_IS =
  'a plugin is the default export, a function: export default (options) => (tree) => { … }';

/** What Vite threw, with its place in the plugin's file; in `postil.yml` when it is no file of the site. */
function told(error: unknown, site: string, uses: string[], yml: string | undefined): Diagnostic {
  const { path, line, column, message, specifier } = faultOf(error, [site]);
  const isEntry = `\0${path}` === ENTRY;
  const use =
    // The entry has a line for each plugin.
    (isEntry && (specifier ?? uses[(line ?? 0) - 1])) ||
    (uses.find((u) => path !== undefined && resolve(site, u) === resolve(site, path)) ?? uses.join(', '));
  const text = path && !isEntry && existsSync(join(site, path)) ? readFileSync(join(site, path), 'utf8') : '';
  const at = text
    ? { file: path!, text, ...(line !== undefined && { line, column: column ?? 1 }) }
    : placeInConfig(yml, use);
  if (specifier === undefined)
    return isEntry && message.startsWith('"default" is not exported')
      ? pluginBroken(at, use, 'it has no default export', WHAT_A_PLUGIN_IS)
      : pluginBroken(at, use, message, 'mend the file');
  if (/^[./]/.test(specifier)) {
    const sought = relative(site, resolve(site, path ?? '', '..', specifier)).replaceAll('\\', '/');
    return pluginBroken(at, use, `there is no file “${specifier}”`, `it is looked for as ${sought}`);
  }
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
  return pluginBroken(
    at,
    use,
    `the package “${name}” is not installed`,
    `in the site’s folder: npm install ${name}`,
  );
}

function isCurrent(known: Bundled, uses: string[], site: string, folder: string): boolean {
  const file = join(folder, `${known.bundle}.mjs`);
  try {
    return (
      known.uses.join('\n') === uses.join('\n') &&
      hash(readFileSync(file), readFileSync(mapOf(file))) === known.bundle &&
      areSame(site, known.inputs)
    );
  } catch {
    return false;
  }
}

function read(path: string): Bundled | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Bundled;
  } catch {
    return undefined;
  }
}

function put(path: string, text: string): void {
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, text);
  renameSync(temporary, path);
}

const ENTRY = '\0postil-plugins';

/** What each module of the bundle calls its own place: the bundle's is of no use to who reads a file beside him. */
const OWN_PLACE = {
  'import.meta.url': '__postil_url',
  'import.meta.filename': '__postil_file',
  'import.meta.dirname': '__postil_folder',
  __filename: '__postil_file',
  __dirname: '__postil_folder',
};
/** Places are told from the bundle's, so that it is the same wherever the site lies. */
const PLACES = `import { fileURLToPath as __postil_path } from 'node:url';
const __postil_from = (file) => new URL(file, import.meta.url).href;`;

/** @returns a module's text with its own place before it, on its first line: all others keep their number */
function withPlace(code: string, id: string, folder: string): { code: string; map: null } | undefined {
  const [path = ''] = id.split('?');
  if (
    path.startsWith('\0') ||
    !/\.[cm]?[jt]sx?$/.test(path) ||
    !/\bimport\.meta\b|\b__(?:file|dir)name\b/.test(code)
  )
    return undefined;
  const from = relative(folder, path).split(/[\\/]/).map(encodeURIComponent).join('/');
  const places = [
    `__postil_url = __postil_from(${JSON.stringify(from)})`,
    '__postil_file = __postil_path(__postil_url)',
    `__postil_folder = __postil_path(new URL('.', __postil_url)).replace(/(?<=.)[\\\\/]$/, '')`,
  ];
  return { code: `const ${places.join(', ')}; ${code.replace(/^#!/, '//')}`, map: null };
}

/** @param folder where the bundle will lie */
async function bundle(
  site: string,
  uses: string[],
  folder: string,
): Promise<{ text: string; map: string; inputs: BundleInputs }> {
  const imports = uses.map((use, i) => {
    const from = /^[./]|\.[cm]?[jt]s$/.test(use) ? resolve(site, use) : use;
    return `export { default as p${i} } from ${JSON.stringify(from)};`;
  });
  const seen = new InputsSeen(site);
  const made = await runVite({
    root: site,
    ssr: { noExternal: true },
    define: OWN_PLACE,
    plugins: [
      seen.plugin,
      {
        name: 'postil-plugins',
        enforce: 'pre',
        async resolveId(id, importer) {
          if (id === ENTRY) return id;
          // The entry has no folder: what it names is looked for from the site.
          return importer === ENTRY
            ? this.resolve(id, join(site, CONFIG_FILE), { skipSelf: true })
            : undefined;
        },
        load: (id) => (id === ENTRY ? imports.join('\n') : undefined),
        transform: (code, id) => withPlace(code, id, folder),
      },
    ],
    build: {
      ssr: true,
      write: false,
      minify: false,
      sourcemap: 'hidden',
      target: 'node20.19',
      rolldownOptions: { input: ENTRY, output: { codeSplitting: false, banner: PLACES } },
    },
  });
  const [output] = [made].flat();
  if (!output || !('output' in output)) throw new Error('nothing was bundled');
  const [chunk] = output.output;
  const { mappings = '', names = [], sources = [], version = 3 } = chunk.map ?? {};
  const map = {
    version,
    names,
    mappings,
    sources: sources.map((s) => relative(site, resolve(site, 'dist', s)).replaceAll('\\', '/')),
  };
  // A module, which is asked for only when a plugin fails.
  return { text: chunk.code, map: `export default ${JSON.stringify(map)};\n`, inputs: seen.list() };
}
