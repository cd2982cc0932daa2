/** Case 18: what each kind of place cannot hold is escaped there. */

import { parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { escapeHtml } from '../../src/emit/escape.ts';
import { escapeXml } from '../../src/xml.ts';

describe('case 18: escaping', () => {
  it('turns each character that ends a text or an attribute into its number, everywhere', () => {
    expect(escapeHtml(`<a href="x" title='y'>&amp;</a>`)).toBe(
      '&#60;a href=&#34;x&#34; title=&#39;y&#39;&#62;&#38;amp;&#60;/a&#62;',
    );
    expect(escapeHtml('中文 `a` {b} \u2028 =/')).toBe('中文 `a` {b} \u2028 =/');
    expect(escapeHtml('')).toBe('');
  });

  it('gives back in a browser what went in, as text and in either kind of attribute', () => {
    const all = Array.from({ length: 0x3000 }, (_, i) => String.fromCharCode(i))
      .join('')
      .replace(/[\0\r]/g, '');
    const tree = JSON.stringify(
      parse(`<p a="${escapeHtml(all)}" b='${escapeHtml(all)}'>${escapeHtml(all)}</p>`),
      (key, value) => (key === 'parentNode' ? undefined : value),
    );
    expect(tree.split(JSON.stringify(all).slice(1, -1))).toHaveLength(4);
  });

  it('takes out what XML cannot hold, and nothing else', () => {
    expect(escapeXml('a\0b\u0001c\u0008d\u000be\u000cf\u001fg\ufffeh\uffffi')).toBe('abcdefghi');
    expect(escapeXml('\ud800a\udc00b\udbff')).toBe('ab');
    expect(escapeXml('\t\n\r \ud7ff\ue000\ufffd\u{10000}\u{10ffff}\u007f')).toBe(
      '\t\n\r \ud7ff\ue000\ufffd\u{10000}\u{10ffff}\u007f',
    );
    expect(escapeXml('a & b < "c" ]]>')).toBe('a &amp; b &lt; &quot;c&quot; ]]&gt;');
  });
});
