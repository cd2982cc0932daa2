/**
 * The development server: the site in memory (live.ts), brought up to date after every change; open pages learn of
 * it over server-sent events, each only when it is another page now.
 *
 * A site's own templates and style are part of what is compiled, and new style is put in place without a reload. In
 * Postil's own repository Vite serves style and client code from their sources, with hot replacement.
 */

import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ViteDevServer } from 'vite';
import type { BuildOptions } from '../build-options.ts';
import { importModule } from '../bundled.ts';
import { printDiagnostic } from '../diagnostics/print.ts';
import { hash } from '../hash.ts';
import { mapAttributes, PIECE } from '../html-tags.ts';
import type { Diagnostic } from '../model.ts';
import { Changed } from '../notes.ts';
import { clientFolder, root } from '../package.ts';
import { outputPath, type Url } from '../paths.ts';
import { closePool } from '../threads/pool.ts';
import { end, sendFile } from './answer.ts';
import { listen } from './listen.ts';
import { LiveSite, type SiteState, type Update } from './live.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { SearchIndex } from './search-index.ts';
import { SiteWatch } from './watch.ts';

export interface DevOptions {
  site: string;
  port: number;
  /** Address to listen on; anything but loopback is the author's own decision. */
  host: string;
  /** Told of the site as it was read first, and after every change. */
  updated: (update: Update, milliseconds: number) => void;
  /**
   * Told when the site could not be read, or a page not be printed, for reasons outside the content; with a diagnostic
   * when a template of the site's threw.
   */
  failed: (error: unknown, diagnostic?: Diagnostic) => void;
  /** Ends the reading of the site, whenever it comes: the first one throws the signal's reason. */
  signal?: AbortSignal;
  /** Told what goes on until the site is open, for a progress line. */
  progress?: NonNullable<BuildOptions['progress']>;
}

export interface DevServer {
  url: string;
  close(): Promise<void>;
}

/** A page that is open somewhere. */
interface Open {
  response: ServerResponse;
  /** Path in a build's output folder. */
  path: string;
  /** Key of what it shows. */
  key: string;
}

/** Changes that come this close together are one. */
const SETTLE_MS = 20;
/** However long others follow, a change waits no longer. */
const LONGEST_MS = 200;

/**
 * @returns the server's address, and a function that ends it
 * @throws Locked, DiskError, the signal's reason, or the system's error when the port cannot be had
 */
export async function startDev(options: DevOptions): Promise<DevServer> {
  const { site } = options;
  const started = performance.now();
  const open = new Set<Open>();
  const { live, update } = await LiveSite.open(site, options);
  let failure = errorsOf(update);
  options.updated(update, performance.now() - started);

  /** Notes down what is wrong, and tells of it when it is not what was `told` already. */
  const fail = async (error: unknown, told: string | undefined): Promise<void> => {
    const diagnostic = await live.diagnose(error);
    if (diagnostic) failure = printDiagnostic(diagnostic, { color: false });
    else failure = error instanceof Error ? error.message : String(error);
    if (failure !== told) options.failed(error, diagnostic);
  };
  /**
   * Tells every open page that is another one now, printing it first.
   *
   * @throws the first error of a page that could not be printed, when the others have been told
   */
  const push = async (): Promise<void> => {
    const errors: unknown[] = [];
    for (const page of open) {
      try {
        const key = (await pageOf(live, page.path))?.key ?? '';
        if (key === page.key || page.response.destroyed) continue;
        page.key = key;
        send(page.response, 'changed');
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  };
  const refresh = async (): Promise<void> => {
    const from = performance.now();
    const before = failure;
    let isNew = false;
    try {
      watching?.follow();
      const next = await live.update();
      isNew = !next.unchanged || next.files.length > 0;
      failure = errorsOf(next);
      if (failure === undefined) await push();
      // Told of nothing new, the author's terminal would fill; and where its lines go to a file of the site's, for ever.
      if (isNew || failure !== before) options.updated(next, performance.now() - from);
    } catch (error) {
      if (options.signal?.aborted) return;
      await fail(error, isNew ? undefined : before);
    }
    if (failure !== undefined) for (const { response } of open) send(response, 'failed', failure);
    else if (before !== undefined) for (const { response } of open) send(response, 'mended');
  };
  const { change, stop } = oneAtATime(refresh);
  let timer: NodeJS.Timeout | undefined;
  let latest = 0;
  let watching: SiteWatch | undefined;
  const server = createServer();
  let vite: ViteDevServer | undefined;
  const search = new SearchIndex();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const refused = refuse(request, options.host);
    if (refused) return end(response, 403, refused);
    const url = request.url ?? '/';
    if (url.startsWith('//')) return end(response, 404, 'not found');
    if (url.startsWith('/@postil/events')) {
      const page = subscribe(response, url);
      open.add(page);
      response.on('close', () => open.delete(page));
      if (failure === undefined) await push().catch((error: unknown) => fail(error, failure));
      // Also that nothing is wrong: what it shows may be of a server that was there before.
      send(response, failure === undefined ? 'mended' : 'failed', failure);
      return;
    }
    if (url === '/@postil/dev.js')
      return end(response, 200, readFileSync(join(clientFolder, 'dev.js')), 'text/javascript');
    if (vite && isForVite(url))
      return vite.middlewares(request, response, () => end(response, 404, 'not found'));
    if (url.startsWith('/@') || url.startsWith('/__')) return end(response, 404, 'not found');
    const { shown } = live;
    const path = outputPathOf(url);
    if (!shown || path === undefined) return missing(response, shown, vite !== undefined);
    const page = await pageOf(live, path);
    if (page && path.endsWith('.html'))
      return endPage(response, 200, page.key, String(page.contents), vite !== undefined);
    const contents = page?.contents ?? (await search.file(path, shown)) ?? (await shown.file(path));
    if (contents === undefined) return missing(response, shown, vite !== undefined);
    const bytes = typeof contents === 'string' ? Buffer.from(contents) : contents;
    if (!path.endsWith('.html')) return sendFile(request, response, path, bytes);
    endPage(response, 200, '', Buffer.from(bytes).toString(), vite !== undefined);
  };
  server.on('request', (request, response) => {
    answer(request, response).catch(async (error: unknown) => {
      // A file that changed since: the update that is on its way has the new one.
      if (error instanceof Changed) return end(response, 404, 'not found');
      await fail(error, failure);
      endPage(response, 500, '', EMPTY, vite !== undefined);
    });
  });
  const close = async (): Promise<void> => {
    clearTimeout(timer);
    watching?.close();
    for (const { response } of open) response.end();
    await vite?.close();
    await stop();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
    live.close();
    await closePool();
  };
  try {
    const settle = (): void => {
      if (timer === undefined) latest = performance.now() + LONGEST_MS;
      clearTimeout(timer);
      timer = setTimeout(
        () => {
          timer = undefined;
          change();
        },
        Math.min(SETTLE_MS, latest - performance.now()),
      );
    };
    watching = new SiteWatch(site, settle, (path) => live.concerns(path));
    vite = await viteFor(site, server);
    const port = await listen(server, options.port, options.host);
    const host = options.host === '127.0.0.1' ? 'localhost' : options.host;
    return { url: `http://${inAddress(host)}:${port}/`, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const EMPTY = '<!doctype html><html><head><title>Postil</title></head><body><main></main></body></html>';

/** What is wrong with a site, as the page shows it; `undefined` when nothing is. */
function errorsOf({ failed, diagnostics }: Update): string | undefined {
  const errors = diagnostics.filter((d) => d.severity === 'error');
  return failed ? errors.map((d) => printDiagnostic(d, { color: false })).join('\n\n') : undefined;
}

/** What Vite may answer: Postil's own style and client code, and what those need. Never notes or other files. */
const VITE_PATHS =
  /^\/(?:@vite\/client|templates\/(?:style|client)\/[\w./-]+\.(?:css|ts)|node_modules\/\.vite\/)/;

const packages = createRequire(join(root, 'package.json'));

/** Whether an address is Vite's to answer; its client asks for a file of Vite's own by that file's place. */
function isForVite(url: string): boolean {
  const client = new URL('dist/client/env.mjs', pathToFileURL(packages.resolve('vite/package.json')))
    .pathname;
  const path = url.split('?')[0]!;
  return (
    VITE_PATHS.test(path) ||
    path === client ||
    path === `/@fs${client}` ||
    path === '/node_modules/vite/dist/client/env.mjs'
  );
}

/** Vite, for Postil's own templates: what a site replaces is compiled with it. */
async function viteFor(site: string, server: Server): Promise<ViteDevServer | undefined> {
  if (resolve(site) !== root) return undefined;
  const { createServer: createVite } = await importModule<typeof import('vite')>('vite');
  return createVite({
    root: site,
    configFile: false,
    appType: 'custom',
    logLevel: 'error',
    publicDir: false,
    cacheDir: join(site, '.postil', 'vite'),
    server: {
      middlewareMode: true,
      hmr: { server },
      cors: false,
      fs: { strict: true, allow: [join(site, 'templates'), join(site, 'node_modules')] },
      watch: { ignored: ['**/.postil/**', '**/dist/**', '**/bundle/**', '**/posts/**'] },
    },
  });
}

/** A host as addresses have it: one with colons stands in brackets. */
const inAddress = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** Only this machine's names, or the host that was asked for: another name in `Host` is DNS rebinding. */
function refuse(request: IncomingMessage, host: string): string | undefined {
  const name = (request.headers.host ?? '').replace(/:\d+$/, '');
  const known = ['localhost', '127.0.0.1', '[::1]', inAddress(host)];
  if (host !== '0.0.0.0' && host !== '::' && !known.includes(name)) return 'this host is not served';
  const { origin } = request.headers;
  if (origin !== undefined && !(URL.canParse(origin) && new URL(origin).host === request.headers.host))
    return 'other origins are not served';
  return undefined;
}

/** An open page introduces itself: `?page=/posts/detr/&key=…`. */
function subscribe(response: ServerResponse, url: string): Open {
  const query = new URL(url, 'http://localhost').searchParams;
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    connection: 'keep-alive',
  });
  response.write(': hello\n\n');
  return { response, path: outputPathOf(query.get('page') ?? '/') ?? '', key: query.get('key') ?? '' };
}

function send(response: ServerResponse, kind: 'changed' | 'failed' | 'mended', text?: string): void {
  response.write(`data: ${JSON.stringify({ kind, text })}\n\n`);
}

const PICTURES = new Set(['img', 'source', 'video', 'object', 'image']);
const ADDRESSES = new Set(['src', 'srcset', 'poster', 'data']);

/** A made page, in which files that have changed since they were first seen have other addresses than then. */
async function pageOf(live: LiveSite, path: string): ReturnType<SiteState['page']> {
  const page = await live.shown?.page(path);
  if (!page || !path.endsWith('.html')) return page;
  const versions: string[] = [];
  const fresh = (address: string): string => {
    const version = live.versionOf(outputPathOf(address) ?? '');
    if (version === undefined) return address;
    versions.push(version);
    return `${address}?v=${version}`;
  };
  const contents = String(page.contents).replace(PIECE, (tag, _raw, name: string | undefined) => {
    if (!name || !PICTURES.has(name)) return tag;
    return mapAttributes(tag, (name, value) =>
      ADDRESSES.has(name) ? value.replace(/\/[^\s"]+/g, fresh) : value,
    );
  });
  return versions.length === 0 ? page : { key: hash(page.key, ...versions), contents };
}

/** Where a build would put what an address means. */
function outputPathOf(url: string): string | undefined {
  try {
    return outputPath(decodeURIComponent(url.split(/[?#]/)[0]!) as Url);
  } catch {
    return undefined;
  }
}

async function missing(response: ServerResponse, shown: SiteState | undefined, vite: boolean): Promise<void> {
  const page = (await shown?.page('404.html'))?.contents ?? (await shown?.file('404.html'));
  endPage(response, 404, '', page === undefined ? EMPTY : Buffer.from(page).toString(), vite);
}

function endPage(response: ServerResponse, status: number, key: string, html: string, vite: boolean): void {
  end(response, status, forDevelopment(html, key, vite), 'text/html; charset=utf-8');
}

/**
 * A page as development needs it: our script in, the policy that forbids it out, style from its source. All this is in the
 * head or the first tag of the body: before it authors have only attributes in which `<` is escaped.
 */
function forDevelopment(html: string, key: string, vite: boolean): string {
  let page = html
    .replace(/<meta[^>]*http-equiv="Content-Security-Policy"[^>]*>/i, '')
    .replace(/(<body\b[^>]*?) data-worker="[^"]*"/, '$1');
  let scripts = `<script type="module" src="/@postil/dev.js"></script><meta name="postil-key" content="${key}"><meta name="postil-frame" content="${frameOf(html)}">`;
  if (vite) {
    page = page.replace(
      /(<link rel="stylesheet" href=")[^"]*\/assets\/site-[^"]*"/,
      '$1/templates/style/site.css"',
    );
    scripts = `<script type="module" src="/@vite/client"></script>${scripts}`;
  }
  return page.includes('</head>') ? page.replace('</head>', `${scripts}</head>`) : scripts + page;
}

/** Hash of what lies around `main`; where that is missing, of nothing. */
function frameOf(html: string): string {
  const main = html.search(/<main\b/);
  const after = html.lastIndexOf('</main>');
  if (main === -1 || after === -1) return '';
  const start = /<html\b[^>]*>/.exec(html)?.[0] ?? '';
  return hash(start, html.slice(html.indexOf('<body'), main), html.slice(after));
}
