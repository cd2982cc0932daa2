import type { NoteView } from '../../src/emit/views.ts';
import { stringsFor } from '../strings/strings.ts';
import { langWithin } from './lang.ts';
import { Raw } from './raw.tsx';

export function Backlinks({ view }: { view: NoteView }) {
  if (view.backlinks.length === 0) return null;
  const t = stringsFor(view.site.lang);
  return (
    <section class="backlinks" aria-labelledby="_backlinks">
      <h2 id="_backlinks" lang={langWithin(view.site.lang, view.lang)}>
        {t.backlinks}
      </h2>
      <ul>
        {view.backlinks.map((link) => (
          <li>
            <a class="backlink" href={link.href}>
              {link.label}
            </a>
            {link.contexts.map((context) => (
              <Raw as="div" class="context" html={context} />
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
