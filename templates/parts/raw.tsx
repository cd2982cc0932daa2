import { h } from 'preact';
import type { Html } from '../../src/emit/views.ts';

interface Props {
  html: Html;
  as: 'div' | 'span' | 'a' | 'li' | 'h1';
  class?: string;
  lang?: string | undefined;
  href?: string;
}

/** The one place where HTML made by Postil enters a page unescaped. */
export function Raw({ html, as, ...attributes }: Props) {
  return h(as, { ...attributes, dangerouslySetInnerHTML: { __html: html } });
}
