/** Starts the service worker once the page is there, and says in the bar when there is no network. */
export function readOffline(): void {
  const { worker, offline = '' } = document.body.dataset;
  if (!worker) return;
  const chip = document.createElement('span');
  chip.className = 'offline';
  chip.role = 'status';
  document.querySelector('.bar :is(a.search, button.theme)')?.before(chip);
  const show = () => {
    chip.textContent = navigator.onLine ? '' : offline;
  };
  addEventListener('online', show);
  addEventListener('offline', show);
  show();
  if (!('serviceWorker' in navigator)) return;
  if (document.readyState === 'complete') void start(worker);
  else addEventListener('load', () => void start(worker));
}

async function start(address: string): Promise<void> {
  const { serviceWorker } = navigator;
  const isFirst = !serviceWorker.controller;
  try {
    await serviceWorker.register(address);
  } catch {
    // Storage may be forbidden; the site then needs its network.
    return;
  }
  if (!isFirst) return;
  const { active } = await serviceWorker.ready;
  const parts = performance.getEntriesByType('resource').map((entry) => entry.name);
  active?.postMessage([location.href, ...parts]);
}
