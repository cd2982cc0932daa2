/** Formulas with less markup are the picture that KaTeX's own markup gives, pixel by pixel. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { printTex } from '../../src/compile/print-tex.ts';
import { slimKatex } from '../../src/compile/slim-katex.ts';
import { root } from '../../src/package.ts';
import { FORMULAS, RARE_FORMULAS } from '../support/formulas.ts';
import { launch } from './chromium.ts';
import { open, type ServedSite, serveOwnSite } from './site.ts';

let browser: Browser;
let site: ServedSite;
beforeAll(async () => {
  [browser, site] = await Promise.all([launch(), serveOwnSite('/notes/')]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** Formulas on one picture. */
const TOGETHER = 44;
/** In a line, formulas are made of the same pieces, smaller: the long run looks at those too, and more closely. */
const LONG = process.env.POSTIL_LONG !== undefined;

/** KaTeX's style, less its fonts: pages have those rules only that our markup needs. */
const KATEX = readFileSync(join(root, 'node_modules/katex/dist/katex.css'), 'utf8').replace(
  /@font-face\s*\{[^}]*\}/g,
  '',
);

it.each(LONG ? [['inline', false] as const, ['display', true] as const] : [['display', true] as const])(
  '%s: no pixel differs',
  async (_name, display) => {
    const formulas = LONG ? [...FORMULAS, ...RARE_FORMULAS] : FORMULAS;
    const printed = formulas.flatMap((tex) => printTex(tex, display, { macros: {} }).tree ?? []);
    // Numbers, `align` and `CD` stand in displayed formulas alone.
    expect(formulas.length - printed.length).toBe(display ? 0 : 4);
    const { page } = await open(browser, new URL('posts/detr/', site.url).href, {
      viewport: { width: 700, height: 800 },
      deviceScaleFactor: LONG ? 2 : 1,
      bypassCSP: true,
    });
    // Before the page's own style, which says of formulas what it says of ours.
    await page.evaluate((css) => {
      const style = document.createElement('style');
      style.textContent = css;
      document.head.prepend(style);
    }, KATEX);
    const picture = async (formulas: string[]): Promise<Buffer> => {
      await page.evaluate(async (list) => {
        document.body.innerHTML = `<main class="prose">${list.map((html) => `<p>甲${html}乙</p>`).join('')}</main>`;
        await document.fonts.ready;
      }, formulas);
      return page.locator('main').screenshot();
    };
    for (let from = 0; from < printed.length; from += TOGETHER) {
      const some = printed.slice(from, from + TOGETHER);
      const theirs = await picture(some.map((tree) => tree.toMarkup()));
      const ours = await picture(some.map(slimKatex));
      // In the page's own style, which both pictures have.
      expect(
        await page.locator('.katex svg').evaluateAll((all) => all.filter((s) => !s.clientWidth).length),
      ).toBe(0);
      if (ours.equals(theirs)) continue;
      const differing = [];
      for (const tree of some) {
        const html = tree.toMarkup();
        if (!(await picture([html])).equals(await picture([slimKatex(tree)]))) differing.push(html);
      }
      expect(differing.map((html) => /<annotation[^>]*>([^<]*)/.exec(html)?.[1])).toEqual([]);
    }
    await page.context().close();
  },
);
