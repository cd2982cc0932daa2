/**
 * Makes Chromium as old as the oldest browsers that pages are for (Chrome 111, Safari 16.4, WeChat's among them):
 * takes away what came later, as such a browser lacks it. An attribute it does not know does nothing, a rule with
 * a selector it does not know is dropped, and so is a declaration of an unknown property.
 */

import type { Browser, BrowserContextOptions } from 'playwright-core';
import { open, type Watched } from './site.ts';

/** Opens an address as such a browser would. */
export async function openOld(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const watched = await open(browser, url, options, async (page) => {
    await page.addInitScript(withoutNewScript);
    await page.route('**/*', async (route) => {
      if (route.request().resourceType() !== 'document') return route.continue();
      const response = await route.fetch();
      const html = (await response.text()).replace(/ (popover|popovertarget)(?=[=\s>])/g, ' data-no-$1');
      return route.fulfill({ response, body: html });
    });
  });
  await watched.page.evaluate(withoutNewStyle);
  return watched;
}

/** Runs in the page before its own scripts. */
function withoutNewScript(): void {
  const gone: [object, string[]][] = [
    [HTMLElement.prototype, ['popover', 'showPopover', 'hidePopover', 'togglePopover']],
    [
      HTMLButtonElement.prototype,
      ['popoverTargetElement', 'popoverTargetAction', 'command', 'commandForElement'],
    ],
    [Document.prototype, ['startViewTransition', 'caretPositionFromPoint']],
    [Element.prototype, ['checkVisibility', 'setHTMLUnsafe', 'moveBefore']],
    [CSS, ['highlights']],
    [URL, ['canParse', 'parse']],
    [Object, ['groupBy']],
    [Map, ['groupBy']],
    [Array, ['fromAsync']],
    [Promise, ['withResolvers', 'try']],
    [Set.prototype, ['union', 'intersection', 'difference', 'isSubsetOf']],
    [window, ['Highlight', 'Iterator', 'scheduler', 'navigation']],
  ];
  for (const [owner, names] of gone)
    for (const name of names) delete (owner as unknown as Record<string, unknown>)[name];
  // A selector that is not known throws.
  const UNKNOWN = /:popover-open|:open\b|:user-(?:in)?valid|::details-content|::highlight/;
  for (const method of ['matches', 'closest', 'querySelector', 'querySelectorAll'] as const) {
    for (const owner of [Element.prototype, Document.prototype] as unknown as Record<string, unknown>[]) {
      const known = owner[method] as ((selector: string) => unknown) | undefined;
      if (!known) continue;
      owner[method] = function (this: unknown, selector: string) {
        if (UNKNOWN.test(selector)) throw new DOMException(`unknown selector ${selector}`, 'SyntaxError');
        return known.call(this, selector);
      };
    }
  }
}

/** Runs in the page once its style is there. */
function withoutNewStyle(): void {
  const SELECTOR = /:popover-open|::highlight|::details-content|::view-transition|:open\b/;
  const PROPERTIES = [
    'text-wrap',
    'text-wrap-mode',
    'text-wrap-style',
    'text-autospace',
    'text-spacing-trim',
    'counter-set',
    'scrollbar-width',
    'scrollbar-color',
    'content-visibility',
    'position-area',
    'position-anchor',
    'anchor-name',
    'interpolate-size',
    'field-sizing',
    'view-transition-name',
    'text-size-adjust',
  ];
  const clean = (owner: CSSStyleSheet | CSSGroupingRule) => {
    for (let i = owner.cssRules.length - 1; i >= 0; i--) {
      const rule = owner.cssRules[i]!;
      if (rule instanceof CSSStyleRule) {
        if (SELECTOR.test(rule.selectorText)) owner.deleteRule(i);
        else for (const name of PROPERTIES) rule.style.removeProperty(name);
      } else if (rule instanceof CSSSupportsRule) {
        clean(rule);
        // Chromium says no to what this browser would say yes to.
        if (!/not selector\(:popover-open\)/.test(rule.conditionText)) continue;
        const inner = [...rule.cssRules].map((r) => r.cssText);
        owner.deleteRule(i);
        for (const text of inner.reverse()) owner.insertRule(text, i);
      } else if (rule instanceof CSSMediaRule && /scripting/.test(rule.conditionText)) owner.deleteRule(i);
      else if ('cssRules' in rule) clean(rule as CSSGroupingRule);
    }
  };
  for (const sheet of document.styleSheets) clean(sheet);
}
