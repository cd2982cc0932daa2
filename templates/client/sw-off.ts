/** Served as sw.js when `offline` is switched off: takes the worker that readers still have, and what it kept, away. */

const worker = self as unknown as {
  registration: { scope: string; unregister(): Promise<boolean> };
  skipWaiting(): Promise<void>;
  addEventListener(
    type: string,
    listener: (event: { waitUntil(work: Promise<unknown>): void }) => void,
  ): void;
};

const { scope } = worker.registration;
void worker.skipWaiting();
worker.addEventListener('activate', (event) => {
  const names = caches
    .keys()
    .then((all) => all.filter((n) => n.startsWith('postil ') && n.endsWith(` ${scope}`)));
  event.waitUntil(
    names
      .then((own) => Promise.all(own.map((n) => caches.delete(n))))
      .then(() => worker.registration.unregister()),
  );
});
