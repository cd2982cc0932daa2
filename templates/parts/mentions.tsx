import type { NoteView } from '../../src/emit/views.ts';
import { stringsFor } from '../strings/strings.ts';
import { langWithin } from './lang.ts';
import { Raw } from './raw.tsx';

/** Notes that name this one without linking to it. */
export function Mentions({ view }: { view: NoteView }) {
  if (view.mentions.length === 0) return null;
  const t = stringsFor(view.ui);
  return (
    <section class="backlinks mentions" aria-labelledby="_mentions">
      <h2 id="_mentions" lang={langWithin(view.ui, view.lang)}>
        {t.mentions}
      </h2>
      <ul>
        {view.mentions.map((mention) => (
          <li lang={langWithin(mention.lang, view.lang)}>
            <Raw as="a" class="backlink" href={mention.href} html={mention.titleHtml} />
            {mention.sentences.map(([before, name, after]) => (
              <p class="context">
                {before}
                <mark>{name}</mark>
                {after}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
