import type { NoteView } from '../../src/emit/views.ts';
import { stringsFor } from '../strings/strings.ts';
import { langWithin } from './lang.ts';

/** A button that fetches the discussion; without a script, a link to where it is. Nothing is loaded before. */
export function Comments({ view }: { view: NoteView }) {
  const { comments } = view;
  if (!comments) return null;
  const t = stringsFor(view.ui).comments;
  return (
    <section
      class="comments"
      aria-labelledby="_comments"
      lang={langWithin(view.ui, view.lang)}
      data-repo={comments.repo}
      data-repo-id={comments.repoId}
      data-category={comments.category}
      data-category-id={comments.categoryId}
      data-host={comments.host}
    >
      <h2 id="_comments">{t.heading}</h2>
      <p>
        <button type="button" class="button" hidden>
          {t.load}
        </button>{' '}
        <a class="external" href={`https://github.com/${comments.repo}/discussions`}>
          {t.onGitHub}
        </a>
      </p>
    </section>
  );
}
