import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillSections, packSections, type SectionText } from '../../src/search/note-text.ts';

const text = fc.string({
  unit: fc.constantFrom(
    '知',
    'a',
    '"',
    '\\',
    '\\u0000',
    '0',
    '\n',
    '𠮷',
    '\ud842',
    '\u2028',
    '</script>',
    '$',
  ),
});

test('sections that are packed and filled are what they say, with the names of references', () => {
  const section = fc.record({
    id: text,
    heading: text,
    text: fc.array(fc.oneof(text, fc.nat(3))),
    cites: fc.array(fc.nat(3), { maxLength: 4 }),
  });
  const four = fc.tuple(text, text, text, text);
  fc.assert(
    fc.property(fc.array(section), four, four, (sections: SectionText[], shown, cited) => {
      const whole = sections.map(({ id, heading, text: parts, cites }) => [
        id,
        heading,
        parts.map((part) => (typeof part === 'number' ? shown[part] : part)).join(''),
        ...(cites.length > 0 ? [[...new Set(cites.map((i) => cited[i]))].filter(Boolean).join(' · ')] : []),
      ]);
      expect(JSON.parse(fillSections(packSections(sections), { shown, cited }))).toEqual(whole);
    }),
    { numRuns: 1000 },
  );
});
