type Theme = 'auto' | 'light' | 'dark';
const next: Record<Theme, Theme> = { auto: 'light', light: 'dark', dark: 'auto' };

/** The button in the bar goes round auto → light → dark. theme.ts has already applied what is stored. */
export function themeSwitch(): void {
  const button = document.querySelector<HTMLButtonElement>('button.theme');
  if (!button) return;
  const root = document.documentElement;
  const chosen = root.dataset.theme;
  let theme: Theme = chosen === 'light' || chosen === 'dark' ? chosen : 'auto';

  const metas = [...document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')];
  const scheme = (meta: HTMLMetaElement) => (meta.media.includes('dark') ? 'dark' : 'light');
  const paper = Object.fromEntries(metas.map((meta) => [scheme(meta), meta.content]));

  const show = () => {
    if (theme === 'auto') delete root.dataset.theme;
    else root.dataset.theme = theme;
    const name = `${button.dataset.label}${button.dataset[theme]}`;
    button.setAttribute('aria-label', name);
    button.title = name;
    for (const meta of metas) meta.content = paper[theme === 'auto' ? scheme(meta) : theme] ?? meta.content;
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
      const stored = localStorage.getItem('theme');
      theme = stored === 'light' || stored === 'dark' ? stored : 'auto';
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
