import type { OverviewView } from '../../src/emit/views.ts';
import { stringsFor } from '../strings/strings.ts';

/** One quiet line of links: what else the notes can be seen by. */
export function Overviews({ view }: { view: OverviewView }) {
  if (view.overviews.length === 0) return null;
  return (
    <nav class="overviews" aria-label={stringsFor(view.ui).overviews}>
      <ul>
        {view.overviews.map(({ label, href, current }) => (
          <li>
            <a href={href} aria-current={current ? 'page' : undefined}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
