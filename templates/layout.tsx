import type { ComponentChildren } from 'preact';
import type { PageView, SiteView } from '../src/emit/views.ts';
import { langWithin } from './parts/lang.ts';
import { type Strings, stringsFor } from './strings/strings.ts';

interface Props {
  view: PageView;
  /** The front page: its title stands alone, and the wordmark is the current page. */
  home?: boolean;
  article?: boolean;
  children: ComponentChildren;
}

/** The whole document around a page: head, skip link, bar, main, footer. */
export function Layout({ view, home = false, article = false, children }: Props) {
  const { site } = view;
  const t = stringsFor(site.lang);
  const frame = langWithin(site.lang, view.lang);
  const own = stringsFor(view.ui);
  return (
    <html lang={view.lang}>
      <Head view={view} home={home} article={article} />
      <body
        data-zoom={own.zoom}
        data-copy={own.copy}
        data-copied={own.copied}
        data-ui={view.ui}
        data-worker={site.worker}
        data-count={site.count}
        data-offline={site.worker && t.offline.chip}
      >
        <a class="skip" href="#_main" lang={frame}>
          {t.skipToContent}
        </a>
        <Bar site={site} t={t} lang={frame} home={home} />
        <main id="_main" tabIndex={-1}>
          {children}
        </main>
        <Footer site={site} t={t} lang={frame} />
      </body>
    </html>
  );
}

function Head({ view, home, article }: { view: PageView; home: boolean; article: boolean }) {
  const { site } = view;
  const title = home || view.title === site.title ? site.title : `${view.title} · ${site.title}`;
  // A list says what it lists, and of which site.
  const description =
    view.summary || view.description || [view.title, site.description].filter(Boolean).join(' · ');
  return (
    <head>
      <meta charSet="utf-8" />
      <meta http-equiv="Content-Security-Policy" content={view.policy} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title}</title>
      {description && <meta name="description" content={description} />}
      {site.author && <meta name="author" content={site.author} />}
      {view.meta?.map(([name, content]) => (
        <meta name={name} content={content} />
      ))}
      {view.jsonLd && <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: view.jsonLd }} />}
      {view.noindex && <meta name="robots" content="noindex" />}
      {view.canonical && <link rel="canonical" href={view.canonical} />}
      {view.alternates?.map((other) => (
        <link rel="alternate" hreflang={other.lang} href={other.href} />
      ))}
      {view.markdown && <link rel="alternate" type="text/markdown" href={view.markdown} />}
      <meta property="og:site_name" content={site.title} />
      <meta property="og:title" content={home ? site.title : view.title} />
      {description && <meta property="og:description" content={description} />}
      <meta property="og:type" content={article ? 'article' : 'website'} />
      {view.canonical && <meta property="og:url" content={view.canonical} />}
      {view.image && (
        <>
          <meta property="og:image" content={view.image} />
          <meta name="twitter:card" content="summary_large_image" />
        </>
      )}
      <meta name="color-scheme" content="light dark" />
      <meta name="theme-color" content={site.themeColor.light} media="(prefers-color-scheme: light)" />
      <meta name="theme-color" content={site.themeColor.dark} media="(prefers-color-scheme: dark)" />
      <script dangerouslySetInnerHTML={{ __html: site.themeScript }} />
      <style dangerouslySetInnerHTML={{ __html: site.transition }} />
      {/[A-Za-z]/.test(`${site.title}${view.title}`) && <Preloads fonts={site.titleFonts} />}
      {view.math && <Preloads fonts={site.mathFonts} />}
      {site.styles.map((href) => (
        <link rel="stylesheet" href={href} />
      ))}
      {view.math && <link rel="stylesheet" href={site.mathStyle} />}
      {site.scripts.map((src) => (
        <script type="module" src={src} />
      ))}
      <script type="speculationrules" dangerouslySetInnerHTML={{ __html: site.speculation }} />
      {site.icon && <link rel="icon" href={site.icon} />}
      <link rel="alternate" type="application/atom+xml" title={site.title} href={site.feed} />
      <link rel="alternate" type="application/feed+json" title={site.title} href={site.jsonFeed} />
    </head>
  );
}

function Preloads({ fonts }: { fonts: string[] }) {
  return (
    <>
      {fonts.map((href) => (
        <link rel="preload" as="font" type="font/woff2" href={href} crossorigin="anonymous" />
      ))}
    </>
  );
}

interface FrameProps {
  site: SiteView;
  t: Strings;
  lang: string | undefined;
}

function Bar({ site, t, lang, home }: FrameProps & { home: boolean }) {
  return (
    <header class="bar" lang={lang}>
      <div class="bar-row">
        <a class="wordmark" href={site.home} aria-current={home ? 'page' : undefined}>
          {site.title}
        </a>
        {site.nav.length > 0 && (
          <nav aria-label={t.mainNav}>
            <ul>
              {site.nav.map((item) => (
                <li>
                  <a href={item.href} aria-current={item.current ? 'page' : undefined}>
                    {item.label}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        )}
        {site.search && (
          <a
            class="search"
            href={site.search}
            title={t.search.label}
            aria-label={t.search.label}
            aria-keyshortcuts="/ Control+K"
          >
            <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
              <circle cx="9" cy="9" r="5.6" />
              <path d="m13.2 13.2 4 4" />
            </svg>
            <kbd>/</kbd>
          </a>
        )}
        <button
          type="button"
          class="theme"
          hidden
          data-label={t.theme.label}
          data-auto={t.theme.auto}
          data-light={t.theme.light}
          data-dark={t.theme.dark}
        >
          <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
            <circle cx="10" cy="10" r="7.2" />
            <path d="M10 2.8a7.2 7.2 0 0 1 0 14.4z" />
          </svg>
        </button>
      </div>
    </header>
  );
}

function Footer({ site, t, lang }: FrameProps) {
  return (
    <footer class="foot" lang={lang}>
      <p>
        <a href={site.home}>{site.title}</a>
        {site.author && site.author !== site.title && <span>{site.author}</span>}
      </p>
      <p>
        <span>{t.subscribe}</span>
        <a href={site.feed}>Atom</a>
        <a href={site.jsonFeed}>JSON Feed</a>
      </p>
    </footer>
  );
}
