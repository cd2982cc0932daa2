/**
 * The theme of a site: Postil's own, with the files of the site's `templates/` in the places of those of the same
 * name, and the colours and faces that `theme:` of postil.yml sets. What is compiled lies in the store under the
 * hash of them all, so Vite is loaded only when one of them is new.
 */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Theme } from '../../templates/theme.ts';
import { type Fault, faultOf } from '../bundling/fault.ts';
import { areSame, type BundleInputs } from '../bundling/inputs.ts';
import { memo } from '../cache/memo.ts';
import type { Store } from '../cache/store.ts';
import { type ClientFiles, withFormulas } from '../client.ts';
import type { Config } from '../config/config.ts';
import { placeInConfig } from '../config/file.ts';
import { folderName, themeError, themeLang } from '../diagnostics/messages.ts';
import { hash } from '../hash.ts';
import type { Diagnostic } from '../model.ts';
import { clientFolder, dependencies, type EngineFile } from '../package.ts';
import {
  type ClientCode,
  compileClient,
  compileServer,
  type Layout,
  layOut,
  type ServerCode,
} from './compile.ts';
import { TemplateError } from './fault.ts';
import { inspectFiles, type OwnFile } from './files.ts';
import { loadServer } from './load.ts';
import { tokenStyle } from './tokens.ts';
import { inspectWords } from './words.ts';

export interface SiteTheme {
  theme: Theme;
  client: ClientFiles;
  /** Contents of the client's files that are not among Postil's own, by path. */
  contents: Map<string, Uint8Array>;
  /** Of the site's templates; empty when it has none. Part of the key of every page. */
  key: string;
  /** What the site's files import that is no file of `templates/`. */
  inputs: BundleInputs;
}

export interface ThemeOptions {
  /** The site's folder, from which packages are looked for. */
  site: string;
  config: Config;
  /** Text of `postil.yml`, for messages. */
  yml: string | undefined;
  /** The site's own files, and how to read one. */
  files: (OwnFile & { file: string })[];
  read: (file: OwnFile & { file: string }) => Uint8Array;
  /** Paths below `public/`. */
  publicFiles: ReadonlySet<string>;
  store: Store;
  /** A folder of ours, for the length of the build. */
  work: string;
  engine: EngineFile;
}

/** What of a theme the browser is sent, by its path. */
const IN_BROWSER = /^(?:style|client|strings)\//;
/** What pages are made from. */
const ON_PAGES = /^(?!style\/|client\/).*\.tsx?$/;

/** @returns the theme, unless one of the diagnostics is an error */
export async function siteTheme(
  options: ThemeOptions,
): Promise<{ made?: SiteTheme; diagnostics: Diagnostic[] }> {
  const { config, files, engine } = options;
  const diagnostics =
    files.length > 0 ? inspectFiles(files, (path) => textOf(path, options), options.publicFiles) : [];
  const onPages = files.filter((f) => ON_PAGES.test(f.path));
  const inBrowser = files.filter((f) => IN_BROWSER.test(f.path));
  // Where Vite takes a path for an address; templates alone get along with a “#”.
  const sign = (inBrowser.length > 0 ? /[#?]/ : /\?/).exec(options.work)?.[0];
  if (sign && onPages.length + inBrowser.length > 0)
    return { diagnostics: [...diagnostics, folderName({}, 'files of templates/', sign)] };
  const ours = await import('../../templates/theme.ts');
  let theme: Theme = ours.theme;
  let { client } = engine;
  const contents = new Map<string, Uint8Array>();
  const inputs: BundleInputs = [];
  let key = '';
  const compiler = new Compiler(options);
  try {
    if (onPages.length > 0) {
      const made = await compiler.server();
      if ('fault' in made) return failed(diagnostics, made.fault, options.site);
      key = hash(made.code);
      inputs.push(...made.inputs);
      theme = await loadServer(made, join(options.work, 'theme'), new Set(files.map((f) => f.path)));
      for (const [lang, words] of theme.words) {
        const path = `strings/${lang}.ts`;
        if (files.some((f) => f.path === path))
          diagnostics.push(
            ...inspectWords(words, { file: `templates/${path}`, text: textOf(path, options) }),
          );
      }
    }
    if (inBrowser.length > 0) {
      const made = await compiler.client();
      if ('fault' in made) return failed(diagnostics, made.fault, options.site);
      ({ client } = made);
      inputs.push(...made.inputs);
      for (const [path, bytes] of Object.entries(made.contents))
        contents.set(path, Buffer.from(bytes, 'base64'));
    }
    if (!theme.spoken(config.lang))
      diagnostics.push(themeLang(placeInConfig(options.yml, 'lang:'), config.lang, theme.languages));
    client = withFormulas(withConfig(client, contents, config), config.math.output);
    return { made: { theme, contents, key, client, inputs }, diagnostics };
  } catch (error) {
    if (error instanceof TemplateError) return { diagnostics: [...diagnostics, error.diagnostic] };
    throw error;
  } finally {
    compiler.close();
  }
}

/** The place is none of the site's when the fault came up in one of Postil's files. */
function failed(diagnostics: Diagnostic[], { message, path, line, column }: Fault, site: string) {
  const file = path !== undefined && existsSync(join(site, path)) ? path : undefined;
  const at = file ? { file, ...(line !== undefined && { line, column: column ?? 1 }) } : {};
  const imported = file !== undefined && !file.startsWith('templates/');
  return { diagnostics: [...diagnostics, themeError(at, message, undefined, imported)] };
}

function textOf(path: string, { files, read }: ThemeOptions): string {
  return Buffer.from(read(files.find((f) => f.path === path)!)).toString();
}

/** Compiles what the store does not have. */
class Compiler {
  readonly #options: ThemeOptions;
  #layout: Layout | undefined;

  constructor(options: ThemeOptions) {
    this.#options = options;
  }

  server(): Promise<ServerCode | { fault: Fault }> {
    return this.#kept('server', compileServer);
  }

  client(): Promise<ClientCode | { fault: Fault }> {
    const own = this.#options.engine.client;
    return this.#kept('client', (layout) => compileClient(layout, own));
  }

  /**
   * By all files of `templates/`, whatever their kind and folder: each of them can be imported by any other. A fault is
   * not kept: it may be mended where no key sees it, by installing a package.
   */
  async #kept<T extends { inputs: BundleInputs }>(
    part: string,
    make: (layout: Layout) => Promise<T>,
  ): Promise<T | { fault: Fault }> {
    const { store, engine, site, files } = this.#options;
    const key = hash(
      'theme',
      part,
      engine.hash,
      dependencies.vite ?? '',
      ...files.flatMap((f) => [f.path, f.hash]),
    );
    const isCurrent = ({ inputs }: T) => areSame(site, inputs);
    let layout: Layout | undefined;
    try {
      const compile = () => {
        layout = this.#open();
        return make(layout);
      };
      return await memo<T>(store, key, compile, isCurrent);
    } catch (error) {
      if (!layout) throw error;
      return { fault: faultOf(error, [layout.folder, site]) };
    }
  }

  #open(): Layout {
    const { files, read, work, site } = this.#options;
    const own = new Map(files.map((f) => [f.path, read(f)]));
    this.#layout ??= layOut(site, join(work, 'theme'), own);
    return this.#layout;
  }

  close(): void {
    this.#layout?.remove();
  }
}

/**
 * The client with what postil.yml says of its style sheet: the tokens behind its rules, and the base path before the
 * files of `public/` that a style of the site's own names.
 */
function withConfig(
  client: ClientFiles,
  contents: Map<string, Uint8Array>,
  { theme, base }: Config,
): ClientFiles {
  const style = tokenStyle(theme);
  const [sheet] = client.styles;
  if (sheet === undefined) return client;
  const own = contents.get(sheet);
  if (style === '' && !(own && base !== '/')) return client;
  const rules = own
    ? Buffer.from(own)
        .toString()
        .replace(/\burl\((["']?)\/(?!\/)/g, (_, quote) => `url(${quote}${encodeURI(base)}`)
    : readFileSync(join(clientFolder, sheet), 'utf8');
  const css = Buffer.from(rules + style);
  const digest = createHash('sha256').update(css).digest('base64url').slice(0, 8);
  const path = `assets/site-${digest}.css`;
  contents.delete(sheet);
  contents.set(path, css);
  return {
    ...client,
    styles: client.styles.map((s) => (s === sheet ? path : s)),
    files: client.files.map((f) => (f.path === sheet ? { path, hash: hash(css) } : f)),
  };
}
