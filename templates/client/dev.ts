/**
 * The page's end of `postil dev`: a saved note is morphed into the page that shows it; errors lie over the last
 * good page until they are mended.
 */

import { Idiomorph } from 'idiomorph';

interface Message {
  kind: 'changed' | 'failed' | 'mended';
  /** Text of the errors, with code frames. */
  text?: string;
}

const overlay = document.createElement('postil-overlay');
overlay.attachShadow({ mode: 'open' }).innerHTML = `<style>
  section { position: fixed; inset: auto 0 0; z-index: 99; max-height: 60vh; overflow: auto; margin: 0; padding: 1rem 1.5rem;
    background: #1f2124; color: #dedbd4; border-top: 3px solid #f0937b; font: 14px/1.6 ui-monospace, Menlo, Consolas, monospace; }
  pre { margin: 0; white-space: pre-wrap; font: inherit; }
</style><section role="alert"><pre></pre></section>`;

function fail(text: string): void {
  overlay.shadowRoot!.querySelector('pre')!.textContent = text;
  document.documentElement.append(overlay);
}

const scripts = (of: Document) =>
  [...of.head.querySelectorAll('script[src]')].map((script) => script.getAttribute('src'));
const styles = (of: Document) => [...of.head.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')];

/** New style sheets come before old ones go, so that the page is never without. */
function replaceStyles(next: Document): void {
  const wanted = styles(next).map((link) => link.getAttribute('href'));
  const old = styles(document).filter((link) => !wanted.includes(link.getAttribute('href')));
  const known = new Set(styles(document).map((link) => link.getAttribute('href')));
  const added = styles(next).filter((link) => !known.has(link.getAttribute('href')));
  const loading = added.map((link) => {
    const copy = document.importNode(link);
    const loaded = new Promise((done) => {
      copy.onload = copy.onerror = done;
    });
    document.head.append(copy);
    return loaded;
  });
  void Promise.all(loading).then(() => {
    for (const link of old) link.remove();
  });
}

const meta = (of: Document, name: string) =>
  of.querySelector<HTMLMetaElement>(`meta[name=postil-${name}]`)?.content;

/** Fetches this page again and morphs what differs; scroll, open details and the window stay. */
async function update(): Promise<void> {
  const response = await fetch(location.href, { headers: { accept: 'text/html' }, cache: 'no-store' });
  const next = new DOMParser().parseFromString(await response.text(), 'text/html');
  const key = meta(next, 'key');
  // No page of ours: what is on its way tells of it again.
  if (key === undefined) return;
  // Code that runs already cannot be taken back, and what lies around `main` it has changed.
  if (
    meta(next, 'frame') !== meta(document, 'frame') ||
    scripts(next).some((src) => !scripts(document).includes(src))
  )
    return location.reload();
  document.title = next.title;
  replaceStyles(next);
  const options = {
    callbacks: {
      // What the reader opened or closed is the reader's.
      beforeAttributeUpdated: (name: string, node: Element) =>
        !(name === 'open' && node instanceof HTMLDetailsElement),
    },
  };
  const main = document.querySelector('main');
  const other = next.querySelector('main');
  if (main && other) Idiomorph.morph(main, other, options);
  else Idiomorph.morph(document.body, next.body, options);
  document.dispatchEvent(new CustomEvent('postil:changed'));
  listen(key);
}

// What `postil preview` of the same address left behind would answer in the server's place.
void navigator.serviceWorker?.getRegistrations().then((all) => {
  for (const registration of all) void registration.unregister();
});

let events: EventSource | undefined;
/**
 * Listens for what becomes of this page. A server that went away and came back compares the key again, so it is that of
 * what is shown.
 */
function listen(key: string): void {
  const query = new URLSearchParams({ page: location.pathname, key });
  events?.close();
  events = new EventSource(`/@postil/events?${query}`);
  events.onmessage = ({ data }: MessageEvent<string>) => {
    const { kind, text = '' } = JSON.parse(data) as Message;
    if (kind === 'failed') return fail(text);
    overlay.remove();
    if (kind === 'changed') void update();
  };
}
listen(meta(document, 'key') ?? '');
