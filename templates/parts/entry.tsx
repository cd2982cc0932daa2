import type { CoverView, EntryView, PageView } from '../../src/emit/views.ts';
import { stringsFor } from '../strings/strings.ts';
import { Day } from './date.tsx';
import { langWithin, latinLang } from './lang.ts';
import { Raw } from './raw.tsx';
import { TagList } from './taglist.tsx';

/** One row of an excerpt list. */
export function Entry({ entry, view }: { entry: EntryView; view: PageView }) {
  const t = stringsFor(view.ui);
  const own = langWithin(entry.lang, view.lang);
  const frame = langWithin(view.ui, view.lang);
  return (
    <article class={entry.cover ? 'entry covered' : 'entry'}>
      <h2 class="entry-title" lang={own}>
        <Raw as="a" href={entry.href} html={entry.titleHtml} />
      </h2>
      {entry.byline && (
        <p class="byline" lang={latinLang(entry.byline, view.lang)}>
          {entry.byline}
        </p>
      )}
      {entry.excerpt && <Raw as="div" class="excerpt" html={entry.excerpt} lang={own} />}
      <p class="facts" lang={frame}>
        {entry.sticky && <span class="pinned">{t.pinned}</span>}
        {entry.date && <Day date={entry.date} />}
        {entry.depth && <span class="depth">{entry.depth}</span>}
        {entry.minutes > 0 && <span>{t.minutes(entry.minutes)}</span>}
      </p>
      <TagList tags={entry.tags} label={t.tags} lang={frame} />
      {entry.cover && <Cover cover={entry.cover} />}
    </article>
  );
}

/** Beside the row where there is room: it repeats what the text says, so it has no words of its own. */
function Cover({ cover: { src, width, height, themed, sources } }: { cover: CoverView }) {
  return (
    <picture class="cover">
      {sources.map(({ type, srcset }) => (
        <source type={type} srcset={srcset} />
      ))}
      <img
        class={themed ? 'themed' : undefined}
        src={src}
        alt=""
        width={width}
        height={height}
        loading="lazy"
        decoding="async"
      />
    </picture>
  );
}

export function Entries({ view }: { view: PageView & { entries: EntryView[] } }) {
  return (
    <div class="entries">
      {view.entries.map((entry) => (
        <Entry entry={entry} view={view} />
      ))}
    </div>
  );
}
