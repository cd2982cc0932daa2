/**
 * The page's end of `postil dev`: a saved note is morphed into the page that shows it; errors lie over the last
 * good page until they are mended.
 */

import { Idiomorph } from 'idiomorph';

interface Message {
  kind: 'changed' | 'failed' | 'reload';
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

/** Fetches this page again and morphs what differs; scroll, open details and the window stay. */
async function update(): Promise<void> {
  overlay.remove();
  const response = await fetch(location.href, { headers: { accept: 'text/html' }, cache: 'no-store' });
  const next = new DOMParser().parseFromString(await response.text(), 'text/html');
  document.title = next.title;
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
}

// `postil preview` may have left a service worker at this address.
void navigator.serviceWorker?.getRegistrations().then((all) => all.map((r) => r.unregister()));

const events = new EventSource('/@postil/events');
events.onmessage = ({ data }: MessageEvent<string>) => {
  const message = JSON.parse(data) as Message;
  if (message.kind === 'failed') fail(message.text ?? '');
  else if (message.kind === 'reload') location.reload();
  else void update();
};
// A server that went away and came back may serve another build.
let lost = false;
events.onerror = () => {
  lost = true;
};
events.onopen = () => {
  if (lost) void update();
  lost = false;
};
