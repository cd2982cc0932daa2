import type { NoteView, TocItem } from '../../src/emit/views.ts';
import { stringsFor } from '../strings/strings.ts';
import { langWithin } from './lang.ts';
import { Raw } from './raw.tsx';

/** A closed `<details>` on narrow screens; the style sheet opens it in the left rail on wide ones. */
export function Toc({ view }: { view: NoteView }) {
  if (view.toc.length < 2) return null;
  const t = stringsFor(view.site.lang);
  const frame = langWithin(view.site.lang, view.lang);
  return (
    <nav class="toc" aria-label={t.contents}>
      <details>
        <summary lang={frame}>{t.contents}</summary>
        <Items items={view.toc} />
      </details>
    </nav>
  );
}

function Items({ items }: { items: TocItem[] }) {
  return (
    <ol>
      {items.map((item) => (
        <li>
          <Raw as="a" href={item.href} html={item.html} />
          {item.children.length > 0 && <Items items={item.children} />}
        </li>
      ))}
    </ol>
  );
}
