import fc from 'fast-check';
import type { ElementContent, Root } from 'hast';
import rehypeStringify from 'rehype-stringify';
import { unified } from 'unified';
import { expect, test } from 'vitest';
import { printHast } from '../src/compile/print-hast.ts';

const library = unified()
  .use(rehypeStringify, { allowDangerousHtml: true, closeSelfClosing: false })
  .freeze();

const text = fc.string({ unit: fc.constantFrom(...'<>&"\'`\0 \n=/a中é😀\ud800,') });
const value = fc.oneof(
  text,
  fc.boolean(),
  fc.constantFrom(null, undefined, '', 'hidden', 'download', 0, 1.5, Number.NaN),
  fc.array(fc.oneof(text, fc.integer())),
);
const property = fc.oneof(
  fc.constantFrom(
    'id',
    'className',
    'href',
    'hidden',
    'disabled',
    'download',
    'colSpan',
    'ariaLabelledBy',
    'dataTex',
    'srcSet',
    'sizes',
    'accept',
    'style',
    'open',
    'tabIndex',
    'xLink',
    'viewBox',
    'value',
  ),
  text.map((t) => `data-${t}`),
  text,
);
const { node } = fc.letrec<{ node: ElementContent; children: ElementContent[] }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.record({ type: fc.constant('text' as const), value: text }),
    fc.record({ type: fc.constantFrom('raw' as never, 'comment' as const), value: text }),
    fc.record({
      type: fc.constant('element' as const),
      tagName: fc.constantFrom(
        ...[
          'p',
          'a',
          'BR',
          'img',
          'input',
          'li',
          'svg',
          'title',
          'template',
          'script',
          'style',
          'wbr',
          'x-y',
        ],
      ),
      properties: fc.dictionary(property, value, { maxKeys: 4 }),
      children: tie('children'),
      content: fc.record({ type: fc.constant('root' as const), children: tie('children') }),
    }),
  ),
  children: fc.array(tie('node'), { maxLength: 3 }),
})) as unknown as { node: fc.Arbitrary<ElementContent> };

test('prints what rehype-stringify prints, whatever the tree', () => {
  fc.assert(
    fc.property(fc.array(node, { maxLength: 4 }), (children) => {
      expect(printHast(children)).toBe(library.stringify({ type: 'root', children } as Root));
    }),
    { numRuns: 2000 },
  );
});

test('escapes what could end a text, a name or a value', () => {
  const properties = { title: '"><b>', 'data-a=b': `'&\0\``, hidden: true, className: ['x', 'y'] };
  const children = [{ type: 'text' as const, value: '</p><script>&amp;' }];
  expect(printHast([{ type: 'element', tagName: 'p', properties, children }])).toBe(
    '<p title="&#x22;><b>" data-a&#x3D;b="&#x27;&#x26;&#x0;&#x60;" hidden class="x y">&#x3C;/p>&#x3C;script>&#x26;amp;</p>',
  );
});
