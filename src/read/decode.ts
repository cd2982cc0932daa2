/** Bytes → text, refusing what is not UTF-8 text instead of replacing it. */

import { isUtf8 } from 'node:buffer';
import { bareCarriageReturn, noteTooLarge, notUtf8, nulByte } from '../diagnostics/messages.ts';
import type { Diagnostic } from '../model.ts';
import { placeAt } from '../place.ts';
import { textOf } from '../utf8.ts';

const BOM = '\uFEFF';
const MAX_NOTE_BYTES = 2_000_000;

/**
 * @param bytes the file
 * @param file how messages name it
 * @param most bytes that are accepted
 * @returns the text, without BOM and with `\n` line ends, or what is wrong with the bytes
 */
export function decode(
  bytes: Uint8Array,
  file: string,
  most = MAX_NOTE_BYTES,
): { text: string } | { problem: Diagnostic } {
  if (bytes.length > most) return { problem: noteTooLarge({ file }, bytes.length) };
  if (!isUtf8(bytes)) {
    const offset = firstInvalid(bytes);
    const before = new TextDecoder('utf-8').decode(bytes.subarray(0, offset));
    return { problem: notUtf8({ file, ...placeAt(before, before.length) }, offset) };
  }
  const whole = textOf(bytes);
  let text = whole.startsWith(BOM) ? whole.slice(BOM.length) : whole;
  const nul = text.indexOf('\0');
  if (nul !== -1) return { problem: nulByte({ file, ...placeAt(text, nul) }) };
  text = text.replace(/\r\n/g, '\n');
  if (text.includes('\r')) {
    // A stray one inside a file with ordinary line ends is only a blank.
    if (!text.includes('\n'))
      return { problem: bareCarriageReturn({ file, line: 1, column: text.indexOf('\r') + 1 }) };
    text = text.replace(/\r/g, '\n');
  }
  return { text };
}

/** Offset of the first byte that cannot continue a UTF-8 text; found by halving, as decoding is fast. */
function firstInvalid(bytes: Uint8Array): number {
  const valid = (end: number) => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (valid(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
