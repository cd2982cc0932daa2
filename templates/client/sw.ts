/**
 * The service worker: what was read can be read again without a network.
 *
 * A page is asked of the network first, so nobody is shown an old one once the network has answered; what is kept
 * is for when it does not, or not within two seconds. Files with a hash in their name never change and come from
 * the cache at once. Its bytes depend on Postil alone: it holds no list of the site's files.
 */

import { clientsClaim } from 'workbox-core/clientsClaim.js';
import type { WorkboxPlugin } from 'workbox-core/types.js';
import { ExpirationPlugin } from 'workbox-expiration/ExpirationPlugin.js';
import { registerRoute } from 'workbox-routing/registerRoute.js';
import { setCatchHandler } from 'workbox-routing/setCatchHandler.js';
import { CacheFirst } from 'workbox-strategies/CacheFirst.js';
import { NetworkFirst } from 'workbox-strategies/NetworkFirst.js';

/** What of a worker's own globals is used here; the project's types are those of a page. */
interface WorkerGlobals {
  registration: { scope: string; navigationPreload?: { enable(): Promise<void> } };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'activate' | 'message', listener: (event: WorkerEvent) => void): void;
}
type WorkerEvent = MessageEvent<string[]> & { waitUntil(work: Promise<unknown>): void };

const worker = self as unknown as WorkerGlobals;
const { scope } = worker.registration;
/** Sites of one origin share its caches. */
const cacheName = (what: string) => `postil ${what} ${scope}`;
const ASSETS = cacheName('assets');
const PAGES = cacheName('pages');
const OFFLINE = `${scope}offline/`;

const PAGES_KEPT = 60;
const FILES_KEPT = 300;
/** Long enough for a slow network, short enough for somebody on a train. */
const PATIENCE_SECONDS = 2;

/** Only whole answers are kept: no errors, no redirects, no parts. */
const whole: WorkboxPlugin = {
  cacheWillUpdate: async ({ response }) =>
    response.status === 200 && !response.redirected ? response : null,
};
const keep = (maxEntries: number) =>
  new ExpirationPlugin({ maxEntries, purgeOnQuotaError: true }) as WorkboxPlugin;

/** One entry a page, whatever was searched or marked on it; what the site no longer has goes at once. */
const onePage: WorkboxPlugin = {
  cacheKeyWillBeUsed: async ({ request }) => request.url.split(/[?#]/)[0]!,
  cacheWillUpdate: async ({ request, response }) => {
    if (response.status === 404 || response.status === 410)
      await (await caches.open(PAGES)).delete(request.url.split(/[?#]/)[0]!);
    return response;
  },
};

/** New style means a new frame: the page for those without a network is fetched anew with it. */
const withOffline: WorkboxPlugin = {
  cacheDidUpdate: async ({ request }) => {
    if (!request.url.endsWith('.css')) return;
    await (await caches.open(ASSETS)).add(new Request(OFFLINE, { cache: 'no-cache' })).catch(() => {});
  },
};

/**
 * What a script fetches when it is asked for is kept with it: without a network, search and the list of keys open all
 * the same. Comments and counting are of no use then.
 */
const withParts: WorkboxPlugin = {
  cacheDidUpdate: async ({ request, newResponse, event }) => {
    if (!request.url.endsWith('.js')) return;
    const parts = (await newResponse.text()).matchAll(/["'`](\.\/(?!comments-|count-)[\w-]+\.js)["'`]/g);
    const kept = [...parts].map(async ([, name]) => {
      const part = new Request(new URL(name!, request.url).href);
      await Promise.all(assets.handleAll({ event: event as never, request: part }));
    });
    await Promise.allSettled(kept);
  },
};

const assets: CacheFirst = new CacheFirst({
  cacheName: ASSETS,
  plugins: [whole, withOffline, withParts, keep(FILES_KEPT)],
});
const pages = new NetworkFirst({
  cacheName: PAGES,
  networkTimeoutSeconds: PATIENCE_SECONDS,
  plugins: [onePage, whole, keep(PAGES_KEPT)],
});
const others = new NetworkFirst({ cacheName: cacheName('files'), plugins: [whole, keep(FILES_KEPT)] });

const isOwn = (url: URL) => url.href.startsWith(scope);
const isAsset = (url: URL) => url.href.startsWith(`${scope}assets/`);
registerRoute(({ url, request }) => isOwn(url) && request.mode === 'navigate', pages);
registerRoute(({ url }) => isAsset(url), assets);
// Sound and video are asked for in parts, which are not worth keeping.
registerRoute(({ url, request }) => isOwn(url) && !/^(?:audio|video)$/.test(request.destination), others);

setCatchHandler(async ({ request }) => {
  const offline = request.destination === 'document' && (await caches.match(OFFLINE));
  return offline ? listKept(offline) : Response.error();
});

/** The page for those without a network, with links to what they have read. */
async function listKept(offline: Response): Promise<Response> {
  const cache = await caches.open(PAGES);
  const items: string[] = [];
  for (const { url } of [...(await cache.keys())].reverse()) {
    const html = await (await cache.match(url))?.text();
    // The title stands escaped in its page; the site's own name at its end says nothing here.
    const title = /<title>([^<]*)<\/title>/.exec(html ?? '')?.[1]?.replace(/ · [^·]*$/, '');
    if (title) items.push(`<li><a href="${url.replaceAll('"', '%22')}">${title}</a></li>`);
  }
  const page = (await offline.text()).replace(
    '<ul id="_kept">',
    `$&${items.join('').replaceAll('$', '$$$$')}`,
  );
  return new Response(page, { headers: { 'content-type': 'text/html; charset=utf-8' } });
}

// The first page that somebody opens was there before the worker: it says what it is made of.
worker.addEventListener('message', (event) => {
  const kept = event.data
    .filter((address) => address.startsWith(scope))
    .map(async (address, i) => {
      const strategy = i === 0 ? pages : isAsset(new URL(address)) ? assets : others;
      const request = new Request(address, { cache: 'force-cache' });
      await strategy.handle({ event: event as never, request }).catch(() => {});
    });
  event.waitUntil(Promise.all(kept));
});
// The browser asks for the page while it starts the worker.
worker.addEventListener('activate', (event) => {
  event.waitUntil(worker.registration.navigationPreload?.enable() ?? Promise.resolve());
});
// A new worker serves old pages as well as the old one did.
void worker.skipWaiting();
clientsClaim();
