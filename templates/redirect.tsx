import type { RedirectView } from '../src/emit/views.ts';
import { stringsFor } from './strings/strings.ts';

/** What stands at an old address: it leads on, with or without the reader's help. */
export function Redirect({ lang, title, href, canonical }: RedirectView) {
  return (
    <html lang={lang}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <meta name="robots" content="noindex" />
        {canonical && <link rel="canonical" href={canonical} />}
        <meta http-equiv="refresh" content={`0; url=${href}`} />
      </head>
      <body>
        <p>
          {stringsFor(lang).moved} <a href={href}>{title}</a>
        </p>
      </body>
    </html>
  );
}
