import type { NoteView } from '../../src/emit/views.ts';
import { stringsFor } from '../strings/strings.ts';
import { langWithin } from './lang.ts';

/** The same text in other languages; each link speaks its own. */
export function Translations({ view }: { view: NoteView }) {
  if (view.translations.length === 0) return null;
  return (
    <p class="facts translations">
      {view.translations.map((other) => (
        <a href={other.href} hreflang={other.lang} lang={langWithin(other.lang, view.lang)} rel="alternate">
          {stringsFor(other.lang).inThisLanguage}: {other.label}
        </a>
      ))}
    </p>
  );
}
