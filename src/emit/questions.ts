/** `/questions/`: what is still open, note by note, the newest first. */

import { inLetters } from '../letters.ts';
import type { Site } from '../model.ts';
import { url } from '../paths.ts';
import type { Chrome } from './chrome.ts';
import type { ListPage } from './list-pages.ts';
import { printContext, usesMath } from './note-page.ts';
import { overviewLinks } from './overviews.ts';
import { print } from './print.ts';
import type { QuestionsView } from './views.ts';

/** The questions of each note, with links to where they stand. */
export function questionsPage(site: Site, chrome: Chrome): ListPage<QuestionsView> {
  const address = url('questions');
  const asked = site.newest.map((path) => site.notes.get(path)!).filter((n) => n.index.questions.length > 0);
  let count = 0;
  return {
    url: address,
    view: {
      ...chrome.page(address, {
        title: chrome.strings.questions,
        math: asked.some((n) => n.index.questions.some((q) => usesMath(q.html, n.targets))),
      }),
      overviews: overviewLinks(site, address, chrome),
      notes: asked.map((linked) => {
        const { meta, math, questions } = linked.index;
        const context = printContext(linked, math, address, chrome);
        return {
          label: inLetters(linked.index.meta.title),
          href: chrome.href(linked.url),
          lang: meta.lang ?? chrome.config.lang,
          questions: questions.map(({ id, html }) => ({
            href: chrome.href(linked.url, id),
            html: print(html, { ...context, idPrefix: `q${++count}-` }),
          })),
        };
      }),
    },
  };
}
