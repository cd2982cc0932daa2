/** `/glossary/`: every term with its meaning and the note that defines it, by the Latin or pinyin letters of its name. */

import { inLetters } from '../letters.ts';
import type { Site } from '../model.ts';
import { compare, url } from '../paths.ts';
import type { Chrome } from './chrome.ts';
import type { ListPage } from './list-pages.ts';
import { printContext, usesMath } from './note-page.ts';
import { overviewLinks } from './overviews.ts';
import { print } from './print.ts';
import type { GlossaryView } from './views.ts';

export const GLOSSARY = url('glossary');

/** `/glossary/`: every term with what the note that defines it says, in the order of the site’s language. */
export function glossaryPage(site: Site, chrome: Chrome): ListPage<GlossaryView> {
  const { glossary: title } = chrome.strings;
  const { compare: inOrder } = new Intl.Collator(chrome.config.lang, { numeric: true });
  const terms = site.glossary.map((term) => {
    const linked = site.notes.get(term.path)!;
    return { ...term, linked, defined: linked.index.glossary[term.number]! };
  });
  terms.sort((a, b) => inOrder(a.names[0]!, b.names[0]!) || compare(a.id, b.id));
  return {
    url: GLOSSARY,
    view: {
      ...chrome.page(GLOSSARY, {
        title,
        math: terms.some((t) => usesMath(t.defined.html, t.linked.targets)),
      }),
      overviews: overviewLinks(site, GLOSSARY, chrome),
      terms: terms.map(({ id, names, linked, defined }, i) => {
        const { meta, math } = linked.index;
        const context = printContext(linked, math, GLOSSARY, chrome);
        return {
          id,
          name: names[0]!,
          others: names.slice(1),
          lang: meta.lang ?? chrome.config.lang,
          html: print(defined.html, { ...context, idPrefix: `t${i + 1}-` }),
          note: { label: inLetters(linked.index.meta.title), href: chrome.href(linked.url, defined.id) },
        };
      }),
    },
  };
}
