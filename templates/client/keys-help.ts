/** The list of keys, with the switch that turns them off. */
import { stringsFor } from '../strings/strings.ts';
import { keysAreOn, switchKeys } from './keys.ts';

export function showKeys(): void {
  const t = stringsFor(document.body.dataset.ui ?? '').keys;
  const dialog = document.createElement('dialog');
  dialog.className = 'search-box keys';
  dialog.lang = document.body.dataset.ui ?? '';
  dialog.setAttribute('aria-labelledby', '_keys');
  const title = document.createElement('h2');
  title.id = '_keys';
  title.textContent = t.title;
  const list = document.createElement('dl');
  for (const [keys, meaning] of t.list) {
    const term = document.createElement('dt');
    for (const key of keys.split(' ')) {
      const shown = document.createElement('kbd');
      shown.textContent = key;
      term.append(shown, ' ');
    }
    const description = document.createElement('dd');
    description.textContent = meaning;
    list.append(term, description);
  }
  const label = document.createElement('label');
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.checked = keysAreOn();
  box.addEventListener('change', () => switchKeys(box.checked));
  label.append(box, ` ${t.on}`);
  const close = document.createElement('button');
  close.className = 'button';
  close.textContent = t.close;
  close.addEventListener('click', () => dialog.close());
  const foot = document.createElement('p');
  foot.append(label, close);
  dialog.append(title, list, foot);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
