import type { BacklinkView, NoteView } from '../../src/emit/views.ts';
import { stringsFor } from '../strings/strings.ts';
import { langWithin } from './lang.ts';
import { Raw } from './raw.tsx';

export function Backlinks({ view }: { view: NoteView }) {
  const t = stringsFor(view.ui);
  const lang = langWithin(view.ui, view.lang);
  return (
    <Citations links={view.backlinks} heading={t.backlinks} id="_backlinks" around={view.lang} lang={lang} />
  );
}

interface Props {
  links: BacklinkView[];
  heading: string;
  id: string;
  /** Language of the page. */
  around: string;
  /** Of the heading, where it differs from the page's. */
  lang?: string | undefined;
}

/** Notes that refer to something, with the sentences in which they do. */
export function Citations({ links, heading, id, around, lang }: Props) {
  if (links.length === 0) return null;
  return (
    <section class="backlinks" aria-labelledby={id}>
      <h2 id={id} lang={lang}>
        {heading}
      </h2>
      <ul>
        {links.map((link) => (
          <li lang={langWithin(link.lang, around)}>
            <Raw as="a" class="backlink" href={link.href} html={link.titleHtml} />
            {link.contexts.map((context) => (
              <Raw as="div" class="context" html={context} />
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
