/** Views → documents, through the templates. */

import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { type Templates, templates } from '../../templates/templates.ts';

/** @returns the whole document */
export function render<K extends keyof Templates>(kind: K, view: Parameters<Templates[K]>[0]): string {
  const template = templates[kind] as (view: Parameters<Templates[K]>[0]) => VNode;
  return `<!doctype html>\n${renderToString(template(view))}\n`;
}
