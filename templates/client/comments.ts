import 'giscus';

/** Puts the discussion in the place of its button. Loaded when the reader asks, or comes back from signing in. */
export function showComments(section: HTMLElement): void {
  const { repo = '', repoId = '', category = '', categoryId = '', host = '' } = section.dataset;
  const widget = document.createElement('giscus-widget');
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const paint = () => {
    const chosen = document.documentElement.dataset.theme;
    widget.setAttribute('theme', chosen ?? (dark.matches ? 'dark' : 'light'));
  };
  const given = {
    id: 'comments',
    host,
    repo,
    repoid: repoId,
    category,
    categoryid: categoryId,
    mapping: 'pathname',
    strict: '1',
    reactionsenabled: '1',
    emitmetadata: '0',
    inputposition: 'bottom',
    lang: section.lang || document.documentElement.lang,
    loading: 'eager',
  };
  for (const [name, value] of Object.entries(given)) widget.setAttribute(name, value);
  paint();
  new MutationObserver(paint).observe(document.documentElement, { attributeFilter: ['data-theme'] });
  dark.addEventListener('change', paint);
  section.querySelector('button')?.remove();
  section.append(widget);
}
