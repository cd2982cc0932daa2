import type { NoteView } from '../../src/emit/views.ts';
import { stringsFor } from '../strings/strings.ts';
import { langWithin, latinLang } from './lang.ts';

/** The works that a note cites. */
export function References({ view }: { view: NoteView }) {
  if (view.references.length === 0) return null;
  const t = stringsFor(view.ui);
  const frame = langWithin(view.ui, view.lang);
  return (
    <section class="references" aria-labelledby="_references">
      <h2 id="_references" lang={frame}>
        {t.references.heading}
      </h2>
      <ul>
        {view.references.map((reference) => (
          <li id={reference.id}>
            <span lang={latinLang(reference.title, view.lang)}>
              {reference.before}
              <a class={reference.read ? 'internal read' : 'internal'} href={reference.href}>
                {reference.title}
              </a>
              {reference.after}
            </span>
            {reference.links.map((link) => (
              <>
                {' '}
                <a class="external" href={link.href} rel="noopener noreferrer">
                  {link.label}
                </a>
              </>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
