/**
 * Text to UTF-8 and back. For Chinese text, Node 20 and 22 take four times as long to decode as `transcode` does, and two
 * to three times as long to encode into a buffer that they measure first as into one that is there (docs/performance.md).
 */

import { isAscii, transcode } from 'node:buffer';

/** Below so many bytes Node is as fast. */
const SHORT = 200;
/** What a UTF-16 unit takes at most. */
const MOST_BYTES = 3;

/** Where texts are encoded, one after the other. */
let room = Buffer.allocUnsafeSlow(1 << 16);
/** A larger room is not kept. */
const MOST_ROOM = 1 << 23;

/**
 * @param bytes UTF-8; what is none becomes U+FFFD
 * @returns the text, a BOM at its beginning included
 */
export function textOf(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < SHORT) return buffer.toString();
  if (isAscii(buffer)) return buffer.toString('latin1');
  try {
    return transcode(buffer, 'utf8', 'utf16le').toString('utf16le');
  } catch {
    return buffer.toString();
  }
}

/** @returns the text as UTF-8, half a surrogate pair as U+FFFD, in bytes that the next call overwrites */
export function bytesForNow(text: string): Buffer {
  const most = MOST_BYTES * text.length;
  if (most > MOST_ROOM) return Buffer.from(text);
  if (most > room.length) room = Buffer.allocUnsafeSlow(Math.min(2 * most, MOST_ROOM));
  return room.subarray(0, room.write(text));
}

/** @returns the text as UTF-8, half a surrogate pair as U+FFFD */
export function bytesOf(text: string): Buffer {
  if (text.length < SHORT) return Buffer.from(text);
  const bytes = bytesForNow(text);
  const own = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(own);
  return own;
}
