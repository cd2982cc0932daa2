/** Opens search, whose code is fetched only then: by its link in the bar, by `/`, by Ctrl or ⌘ K. */
export function openSearch(): void {
  const link = document.querySelector<HTMLAnchorElement>('a.search');
  if (!link) return;
  const place = document.getElementById('_search');
  // In a note’s text it is something of a plugin’s.
  const page = place?.closest('.prose') ? null : place;
  const load = () => import('./search.ts');
  // Without a network the code may not be there: the link still leads to the page of search.
  const open = () =>
    load().then(
      ({ searchDialog }) => searchDialog(link),
      () => {
        location.href = link.href;
      },
    );
  if (page)
    load().then(
      ({ searchPage }) => searchPage(page, link),
      () => {},
    );

  link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    void open();
  });
  addEventListener('keydown', (event) => {
    const palette = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey);
    if (!palette) return;
    event.preventDefault();
    void open();
  });
}
