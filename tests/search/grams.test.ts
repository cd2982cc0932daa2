import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tellGrams } from '../../src/search/grams.ts';
import { eachGram } from '../../templates/client/search-words.ts';

const gramsOf = (tell: (text: string, add: (gram: string) => void) => void, text: string) => {
  const grams: string[] = [];
  tell(text, (gram) => grams.push(gram));
  return grams;
};
const byTable = (text: string, add: (gram: string) => void) =>
  tellGrams(text, (a, b) => add(String.fromCharCode(...(b === 0 ? [a] : [a, b]))), add);

test('grams by the table are those that a reader’s query has', () => {
  const unit = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom(...'知识蒸馏のカー々〇가aZ09./-_łø \n$，。ＡｚＦ９éÉßİΣſǅ\u0301ﾊ٣Ⅷ²'),
    },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 0xffff }).map((n) => String.fromCharCode(n)) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '𠮷',
        '😀',
        'x'.repeat(50),
        '1.'.repeat(30),
        '2005.12872v3',
        'kl_div',
        '_',
        '__',
      ),
    },
  );
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 30 }), (units) => {
      const text = units.join('');
      expect(gramsOf(byTable, text)).toEqual(gramsOf(eachGram, text));
    }),
    { numRuns: 5000 },
  );
});

test('each UTF-16 unit alone, and between two others', () => {
  for (let n = 0; n < 0x1_0000; n += 7) {
    const text = `a${String.fromCharCode(n)}知`;
    if (gramsOf(byTable, text).join('|') !== gramsOf(eachGram, text).join('|'))
      expect([n, gramsOf(byTable, text)]).toEqual([n, gramsOf(eachGram, text)]);
  }
});
