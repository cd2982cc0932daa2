/** The button below a note that loads its discussion. */
export function offerComments(): void {
  const section = document.querySelector<HTMLElement>('section.comments');
  const button = section?.querySelector('button');
  if (!section || !button) return;
  const load = () => {
    button.disabled = true;
    void import('./comments.ts').then(({ showComments }) => showComments(section));
  };
  button.addEventListener('click', load, { once: true });
  button.hidden = false;
  // Back from signing in at GitHub: giscus left its answer in the address.
  if (new URLSearchParams(location.search).has('giscus')) load();
}
