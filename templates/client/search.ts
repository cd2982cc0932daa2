/** The search dialog, and the same on its own page. Everything found goes in as text, never as HTML. */
import { stringsFor } from '../strings/strings.ts';
import { type FoundNote, SearchEngine } from './search-engine.ts';

const t = stringsFor(document.body.dataset.ui ?? '').search;
let dialog: HTMLDialogElement | undefined;
/** Where one types on the page of search. */
let ownInput: HTMLInputElement | undefined;

/** Opens search over the page. */
export function searchDialog(link: HTMLAnchorElement): void {
  if (ownInput) {
    ownInput.focus();
    return;
  }
  if (!dialog) {
    dialog = document.createElement('dialog');
    dialog.className = 'search-box';
    dialog.lang = document.body.dataset.ui ?? '';
    dialog.setAttribute('aria-label', t.label);
    dialog.append(searchForm(link, false));
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog) dialog?.close();
    });
    document.body.append(dialog);
  }
  if (!dialog.open) dialog.showModal();
  dialog.querySelector('input')?.select();
}

/** Puts search into its page; the query is the address's. */
export function searchPage(place: HTMLElement, link: HTMLAnchorElement): void {
  const form = searchForm(link, true);
  place.append(form);
  const input = form.querySelector('input')!;
  ownInput = input;
  input.value = new URLSearchParams(location.search).get('q') ?? '';
  input.dispatchEvent(new Event('input'));
  // Not to the top of a page that the browser shows where the reader left it.
  input.focus({ preventScroll: true });
  let stopped: number | undefined;
  addEventListener('scroll', () => {
    clearTimeout(stopped);
    stopped = window.setTimeout(() => history.replaceState(scrollY, ''), 100);
  });
}

function searchForm(link: HTMLAnchorElement, ownPage: boolean): HTMLFormElement {
  const engine = new SearchEngine(new URL('./', link.href).href);
  const form = element('form', { action: link.href, role: 'search' });
  const input = element('input', {
    type: 'search',
    name: 'q',
    role: 'combobox',
    placeholder: t.placeholder,
    'aria-label': t.label,
    'aria-expanded': 'false',
    'aria-controls': '_results',
    'aria-autocomplete': 'list',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    enterkeyhint: 'search',
  });
  const status = element('p', { class: 'status', role: 'status' });
  const results = element('div', { id: '_results', role: 'listbox', 'aria-label': t.label });
  const row = element('div', { class: 'field' });
  row.append(input);
  if (!ownPage) {
    const close = element('button', { type: 'button', class: 'close', 'aria-label': t.close });
    close.textContent = '×';
    close.addEventListener('click', () => dialog?.close());
    row.append(close);
  }
  form.append(row, status, results);

  let options: HTMLAnchorElement[] = [];
  let chosen = -1;
  let latest = 0;
  // Where the reader left the page: results are there too late for the browser to go back to it.
  let left = ownPage ? Number(history.state) : 0;
  const choose = (index: number) => {
    options[chosen]?.setAttribute('aria-selected', 'false');
    chosen = options.length === 0 ? -1 : (index + options.length) % options.length;
    const option = options[chosen];
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    if (option) input.setAttribute('aria-activedescendant', option.id);
    else input.removeAttribute('aria-activedescendant');
  };
  const show = (notes: FoundNote[], count: number, query: string) => {
    results.replaceChildren(...notes.map(noteRow));
    options = [...results.querySelectorAll<HTMLAnchorElement>('a')];
    options.forEach((option, i) => {
      option.id = `_result-${i}`;
    });
    status.replaceChildren(query === '' ? '' : count === 0 ? t.none : t.results(count, options.length));
    if (query !== '' && count === 0) status.append(' · ', arxivLink(query));
    input.setAttribute('aria-expanded', String(options.length > 0));
    choose(0);
    if (left > 0) scrollTo(0, left);
    left = 0;
  };
  const run = async () => {
    const query = input.value.trim();
    const turn = ++latest;
    if (ownPage) remember(query);
    if (query === '') return show([], 0, '');
    try {
      const { notes, count } = await engine.search(query);
      if (turn === latest) show(notes, count, query);
    } catch {
      if (turn !== latest) return;
      show([], 0, '');
      status.textContent = t.offline;
    }
  };
  // While an input method composes, what stands in the field is not yet what the reader means.
  input.addEventListener('input', (event) => {
    if (!(event as InputEvent).isComposing) void run();
  });
  input.addEventListener('compositionend', () => void run());
  input.addEventListener('focus', () => void engine.load().catch(() => {}), { once: true });
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const option = options[chosen];
    if (event.key === 'ArrowDown') choose(chosen + 1);
    else if (event.key === 'ArrowUp') choose(chosen - 1);
    else if (event.key === 'Enter' && option) {
      if (event.metaKey || event.ctrlKey) open(option.href);
      else option.click();
    } else return;
    event.preventDefault();
  });
  results.addEventListener('click', (event) => {
    if ((event.target as Element).closest('a')) dialog?.close();
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  return form;
}

function noteRow(note: FoundNote, number: number): HTMLElement {
  const group = element('div', { role: 'group', class: 'found', 'aria-labelledby': `_found-${number}` });
  const title = element('p', { class: 'found-title', id: `_found-${number}` });
  title.textContent = note.title;
  const facts = element('p', { class: 'facts' });
  facts.textContent = note.facts;
  const hits = note.hits.map(({ href, section, snippet: [before, hit, after] }) => {
    const option = element('a', { role: 'option', href, 'aria-selected': 'false', tabindex: '-1' });
    if (section) {
      const name = element('b', {});
      name.textContent = section;
      option.append(name, ' ');
    }
    const mark = element('mark', {});
    mark.textContent = hit;
    option.append(before, ...(hit ? [mark] : []), after);
    if (option.textContent?.trim() === '') option.textContent = note.title;
    return option;
  });
  const head = element('div', { role: 'presentation' });
  head.append(title, ...(note.facts ? [facts] : []));
  group.append(head, ...hits);
  return group;
}

function arxivLink(query: string): HTMLAnchorElement {
  const link = element('a', {
    href: `https://arxiv.org/search/?query=${encodeURIComponent(query)}&searchtype=all`,
  });
  link.textContent = t.arxiv;
  return link;
}

function remember(query: string): void {
  const address = new URL(location.href);
  if (query) address.searchParams.set('q', query);
  else address.searchParams.delete('q');
  document.body.classList.toggle('searching', query !== '');
  history.replaceState(history.state, '', address);
}

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string>,
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
