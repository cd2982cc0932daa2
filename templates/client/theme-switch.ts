type Theme = 'auto' | 'light' | 'dark';
const next: Record<Theme, Theme> = { auto: 'light', light: 'dark', dark: 'auto' };

/** The button in the bar goes round auto → light → dark. theme.ts has already applied what is stored. */
export function themeSwitch(): void {
  const button = document.querySelector<HTMLButtonElement>('button.theme');
  if (!button) return;
  const root = document.documentElement;
  const themeOf = (chosen: string | null | undefined): Theme =>
    chosen === 'light' || chosen === 'dark' ? chosen : 'auto';
  let theme = themeOf(root.dataset.theme);

  const metas = [...document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')];
  const scheme = (meta: HTMLMetaElement) => (meta.media.includes('dark') ? 'dark' : 'light');
  const paper = Object.fromEntries(metas.map((meta) => [scheme(meta), meta.content]));

  // Pictures that an author has for light and dark follow the page, not the system.
  const pictures = [
    ...document.querySelectorAll<HTMLSourceElement>('source[media*="prefers-color-scheme"]'),
  ].map((source) => ({ source, media: source.media }));
  const asked = (media: string) =>
    theme === 'auto'
      ? media
      : media.replace(/\(\s*prefers-color-scheme\s*:\s*(\w+)\s*\)/g, (_, name) =>
          name === theme ? '(min-width: 0)' : '(max-width: 0)',
        );

  const show = () => {
    if (theme === 'auto') delete root.dataset.theme;
    else root.dataset.theme = theme;
    const name = `${button.dataset.label}${button.dataset[theme]}`;
    button.setAttribute('aria-label', name);
    button.title = name;
    for (const meta of metas) meta.content = paper[theme === 'auto' ? scheme(meta) : theme] ?? meta.content;
    for (const { source, media } of pictures) source.media = asked(media);
  };

  button.addEventListener('click', () => {
    theme = next[theme];
    show();
    try {
      if (theme === 'auto') localStorage.removeItem('theme');
      else localStorage.setItem('theme', theme);
    } catch {
      // The choice then holds for this page only.
    }
  });
  // Chosen on another page, while this one was put away or stood in another tab.
  const follow = () => {
    try {
      theme = themeOf(localStorage.getItem('theme'));
      show();
    } catch {}
  };
  addEventListener('pageshow', (event) => {
    if (event.persisted) follow();
  });
  addEventListener('storage', follow);
  show();
  button.hidden = false;
}
