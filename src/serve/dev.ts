/**
 * The development server: the same build, into a folder of its own, again after every change; pages learn of it
 * over server-sent events. Since it is the same build, thousands of changes at once end in what a clean build gives.
 *
 * A site's own templates and style are part of that build. In Postil's own repository Vite serves the style and the
 * client code, with hot replacement.
 */

import { existsSync, type FSWatcher, readFileSync, watch } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join, resolve } from 'node:path';
import sirv from 'sirv';
import type { ViteDevServer } from 'vite';
import { type BuildResult, build } from '../build.ts';
import { printDiagnostic } from '../diagnostics/print.ts';
import { clientFolder, root } from '../package.ts';

export interface DevOptions {
  site: string;
  port: number;
  /** Address to listen on; anything but loopback is the author's own decision. */
  host: string;
  /** Told about every build. */
  built: (result: BuildResult, milliseconds: number) => void;
  /** Told when a build failed for reasons outside the content. */
  failed: (error: unknown) => void;
}

export interface DevServer {
  url: string;
  close(): Promise<void>;
}

/** Changes that come this close together are one. */
const SETTLE_MS = 20;
/** What changes without being an input. */
const IGNORED =
  /^(?:\.postil|dist|node_modules|\.git|bundle)(?:[/\\]|$)|(?:^|[/\\])(?:\.#|4913$)|~$|\.sw[px]$/;

export async function startDev(options: DevOptions): Promise<DevServer> {
  const { site } = options;
  const out = join(site, '.postil', 'dev');
  const listeners = new Set<ServerResponse>();
  let failure: string | undefined;
  const tell = (kind: 'changed' | 'failed' | 'reload', text?: string) => {
    for (const response of listeners) response.write(`data: ${JSON.stringify({ kind, text })}\n\n`);
  };

  const rebuild = async (): Promise<void> => {
    const started = performance.now();
    try {
      const result = await build({ site, out, drafts: true, base: '/' });
      const errors = result.diagnostics.filter((d) => d.severity === 'error');
      failure = result.published
        ? undefined
        : errors.map((d) => printDiagnostic(d, { color: false })).join('\n\n');
      options.built(result, performance.now() - started);
      if (failure !== undefined) tell('failed', failure);
      else if (result.written > 0 || result.deleted > 0 || wasBroken) tell('changed');
      wasBroken = failure !== undefined;
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error);
      wasBroken = true;
      options.failed(error);
      tell('failed', failure);
    }
  };
  let wasBroken = false;
  let running: Promise<void> | undefined;
  let again = false;
  /** One build at a time; what changes meanwhile is built right after. */
  const change = (): void => {
    if (running) {
      again = true;
      return;
    }
    running = rebuild().then(() => {
      running = undefined;
      if (again) {
        again = false;
        change();
      }
    });
  };

  await rebuild();
  let timer: NodeJS.Timeout | undefined;
  const changed = (name: string | null) => {
    if (name && IGNORED.test(name)) return;
    clearTimeout(timer);
    timer = setTimeout(change, SETTLE_MS);
  };
  const watchers = watchSite(site, changed);

  const server = createServer();
  const vite = await viteFor(site, server);
  const files = sirv(out, { dev: true, etag: true, dotfiles: false });
  server.on('request', (request, response) => {
    const refused = refuse(request, options.host);
    if (refused) return end(response, 403, refused);
    const url = request.url ?? '/';
    if (url.startsWith('//')) return end(response, 404, 'not found');
    if (url === '/@postil/events') return subscribe(response, listeners, failure);
    if (url === '/@postil/dev.js')
      return end(response, 200, readFileSync(join(clientFolder, 'dev.js')), 'text/javascript');
    if (vite && VITE_PATHS.test(url))
      return vite.middlewares(request, response, () => end(response, 404, 'not found'));
    if (url.startsWith('/@') || url.startsWith('/__')) return end(response, 404, 'not found');
    const file = pageFile(out, url);
    if (file)
      return end(
        response,
        200,
        forDevelopment(readFileSync(file, 'utf8'), vite !== undefined),
        'text/html; charset=utf-8',
      );
    files(request, response, () => {
      const missing = join(out, '404.html');
      const html = existsSync(missing)
        ? readFileSync(missing, 'utf8')
        : '<!doctype html><title>Postil</title><main></main>';
      end(response, 404, forDevelopment(html, vite !== undefined), 'text/html; charset=utf-8');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  const shown = options.host === '127.0.0.1' ? 'localhost' : options.host;
  return {
    url: `http://${shown}:${port}/`,
    close: async () => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
      for (const response of listeners) response.end();
      await vite?.close();
      await running;
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

/** Watches what a site is made of; not `node_modules`, whose thousands of folders would each need a watch. */
function watchSite(site: string, changed: (name: string | null) => void): FSWatcher[] {
  const folders = ['posts', 'public', 'templates'].filter((name) => existsSync(join(site, name)));
  const watchers = [
    watch(site, (_event, name) => changed(name)),
    ...folders.map((name) => watch(join(site, name), { recursive: true }, (_event, file) => changed(file))),
  ];
  // A folder that vanishes while it is being watched is a change like any other.
  for (const watcher of watchers) watcher.on('error', () => changed(null));
  return watchers;
}

/** What Vite may answer: the site's own style and client code, and what those need. Never notes or other files. */
const VITE_PATHS =
  /^\/(?:@vite\/client|templates\/(?:style|client)\/[\w./-]+\.(?:css|ts)|node_modules\/\.vite\/|node_modules\/vite\/dist\/client\/)/;

/** Vite, for Postil's own templates: what a site replaces is compiled by the build. */
async function viteFor(site: string, server: Server): Promise<ViteDevServer | undefined> {
  if (resolve(site) !== root) return undefined;
  const { createServer: createVite } = await import('vite');
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

/** Only this machine's names, or the host that was asked for: another name in `Host` is DNS rebinding. */
function refuse(request: IncomingMessage, host: string): string | undefined {
  const name = (request.headers.host ?? '').replace(/:\d+$/, '');
  const known = ['localhost', '127.0.0.1', '[::1]', host];
  if (host !== '0.0.0.0' && host !== '::' && !known.includes(name)) return 'this host is not served';
  const { origin } = request.headers;
  if (origin !== undefined && URL.canParse(origin) && new URL(origin).host !== request.headers.host)
    return 'other origins are not served';
  return undefined;
}

function subscribe(
  response: ServerResponse,
  listeners: Set<ServerResponse>,
  failure: string | undefined,
): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    connection: 'keep-alive',
  });
  response.write(': hello\n\n');
  listeners.add(response);
  response.on('close', () => listeners.delete(response));
  if (failure !== undefined) response.write(`data: ${JSON.stringify({ kind: 'failed', text: failure })}\n\n`);
}

/** The HTML file that an address means, inside the output folder. */
function pageFile(out: string, url: string): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(url.split(/[?#]/)[0]!);
  } catch {
    return undefined;
  }
  if (path.includes('\0') || path.includes('\\') || path.split('/').includes('..')) return undefined;
  const file = join(out, path.endsWith('/') ? `${path}index.html` : path);
  return file.endsWith('.html') && existsSync(file) ? file : undefined;
}

/** A page as development needs it: our script in, the policy that forbids it out, style from its source. */
function forDevelopment(html: string, vite: boolean): string {
  let page = html
    .replace(/<meta[^>]*http-equiv="Content-Security-Policy"[^>]*>/i, '')
    .replace(/(<body\b[^>]*?) data-worker="[^"]*"/, '$1');
  let scripts = '<script type="module" src="/@postil/dev.js"></script>';
  if (vite) {
    page = page.replace(
      /(<link rel="stylesheet" href=")[^"]*\/assets\/site-[^"]*"/,
      '$1/templates/style/site.css"',
    );
    scripts = `<script type="module" src="/@vite/client"></script>${scripts}`;
  }
  return page.includes('</head>') ? page.replace('</head>', `${scripts}</head>`) : scripts + page;
}

function end(
  response: ServerResponse,
  status: number,
  body: string | Uint8Array,
  type = 'text/plain; charset=utf-8',
): void {
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
}
