import type { NoteView, TocItem } from '../../src/emit/views.ts';
import { stringsFor } from '../strings/strings.ts';
import { langWithin } from './lang.ts';
import { Raw } from './raw.tsx';

/** A drawer behind a button on narrow screens, the left rail on wide ones: one list, no script. */
export function Toc({ view }: { view: NoteView }) {
  if (view.toc.length < 2) return null;
  const t = stringsFor(view.ui);
  const frame = langWithin(view.ui, view.lang);
  return (
    <>
      <button type="button" class="pill" popovertarget="_toc" lang={frame}>
        {t.contents}
        <span class="progress" />
      </button>
      <nav class="toc drawer" id="_toc" popover="auto" aria-label={t.contents}>
        <p lang={frame}>{t.contents}</p>
        <Items items={view.toc} />
      </nav>
    </>
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
