/**
 * Letters in the faces of mathematics. MathML once said the face in an attribute (`<mi mathvariant="double-struck">R`);
 * browsers read only the letters that Unicode has for it (ℝ; Unicode Standard, chapter 22.2, MathML Core §2.1.3).
 */

import { table } from '../table.ts';

/** Where a face has its letters: A, a, 0, Α and α; 0 where it has none. */
type Starts = [capital: number, small: number, digit?: number, greekCapital?: number, greekSmall?: number];

const FACES: Record<string, Starts> = table({
  bold: [0x1d400, 0x1d41a, 0x1d7ce, 0x1d6a8, 0x1d6c2],
  italic: [0x1d434, 0x1d44e, 0, 0x1d6e2, 0x1d6fc],
  'bold-italic': [0x1d468, 0x1d482, 0x1d7ce, 0x1d71c, 0x1d736],
  script: [0x1d49c, 0x1d4b6],
  'bold-script': [0x1d4d0, 0x1d4ea],
  fraktur: [0x1d504, 0x1d51e],
  'bold-fraktur': [0x1d56c, 0x1d586],
  'double-struck': [0x1d538, 0x1d552, 0x1d7d8],
  'sans-serif': [0x1d5a0, 0x1d5ba, 0x1d7e2],
  'bold-sans-serif': [0x1d5d4, 0x1d5ee, 0x1d7ec, 0x1d756, 0x1d770],
  'sans-serif-italic': [0x1d608, 0x1d622, 0x1d7e2],
  'sans-serif-bold-italic': [0x1d63c, 0x1d656, 0x1d7ec, 0x1d790, 0x1d7aa],
  monospace: [0x1d670, 0x1d68a, 0x1d7f6],
});

/** Letters that Unicode had before: their places among the others are empty. */
const ELSEWHERE: Record<string, string> = table({
  italic: 'hℎ',
  script: 'BℬEℰFℱHℋIℐLℒMℳRℛeℯgℊoℴ',
  fraktur: 'CℭHℌIℑRℜZℨ',
  'double-struck': 'CℂHℍNℕPℙQℚRℝZℤ',
});

/** Forms of Greek letters that stand behind ω. */
const GREEK_FORMS = '∂ϵϑϰϕϱϖ';

/**
 * @param text letters, escaped as in HTML
 * @param face as `mathvariant` names it
 * @returns the letters in that face; those that it lacks as they are
 */
export function lettersIn(text: string, face: string): string {
  const starts = FACES[face];
  if (!starts) return text;
  return text.replace(/&[^;]*;|[\s\S]/gu, (letter) => letterIn(letter, face, starts));
}

function letterIn(letter: string, face: string, starts: Starts): string {
  const [capital, small, digit = 0, greekCapital = 0, greekSmall = 0] = starts;
  const other = ELSEWHERE[face] ?? '';
  const at = other.indexOf(letter);
  if (at >= 0 && at % 2 === 0) return other[at + 1]!;
  const from = (start: number, first: string) =>
    start === 0 ? letter : String.fromCodePoint(start + letter.codePointAt(0)! - first.codePointAt(0)!);
  if (/^[A-Z]$/.test(letter)) return from(capital, 'A');
  if (/^[a-z]$/.test(letter)) return from(small, 'a');
  if (/^[0-9]$/.test(letter)) return from(digit, '0');
  if (/^[Α-Ω]$/.test(letter)) return from(greekCapital, 'Α');
  if (/^[α-ω]$/.test(letter)) return from(greekSmall, 'α');
  const form = GREEK_FORMS.indexOf(letter);
  if (form === -1 || greekSmall === 0) return letter;
  return String.fromCodePoint(greekSmall + 25 + form);
}
