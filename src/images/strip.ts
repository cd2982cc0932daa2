/**
 * Takes what cameras and editors write beside the picture (EXIF with the place it was taken at, XMP, IPTC,
 * comments) out of JPEG, PNG and WebP files, without decoding the picture: not a pixel changes. Colour profiles
 * stay, and of EXIF the one value that says which side is up.
 */

/** @returns the file without it; the same array when there was nothing to take out, or it is of another kind */
export function stripMetadata(bytes: Uint8Array): Uint8Array {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (file.readUInt16BE(0) === 0xffd8) return jpeg(file);
    if (file.readUInt32BE(0) === 0x89504e47) return png(file);
    if (file.toString('latin1', 0, 4) === 'RIFF' && file.toString('latin1', 8, 12) === 'WEBP')
      return webp(file);
  } catch (error) {
    // Shorter than it says it is: whoever decodes it will say so.
    if (!(error instanceof RangeError)) throw error;
  }
  return bytes;
}

/** Segments up to the start of the scan: `FF marker length …`. */
function jpeg(file: Buffer): Buffer {
  const kept: Buffer[] = [file.subarray(0, 2)];
  let orientation = 1;
  let removed = false;
  let at = 2;
  while (file.readUInt8(at) === 0xff) {
    const marker = file.readUInt8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xda) break;
    const end = at + 2 + file.readUInt16BE(at + 2);
    const segment = file.subarray(at, end);
    const isProfile = marker === 0xe2 && segment.toString('latin1', 4, 15) === 'ICC_PROFILE';
    // APP0 is JFIF's own, APP14 says how colours are coded; other APPn and comments are about the picture.
    const drop = (marker >= 0xe1 && marker <= 0xef && marker !== 0xee && !isProfile) || marker === 0xfe;
    if (!drop) kept.push(segment);
    else {
      removed = true;
      if (marker === 0xe1) orientation = orientationOf(segment) ?? orientation;
    }
    at = end;
  }
  if (!removed) return file;
  const rest = file.subarray(at, endOfImage(file, at));
  if (orientation === 1) return Buffer.concat([...kept, rest]);
  // The same again would be taken out: nothing is gained by a second pass, and nothing lost.
  const stripped = Buffer.concat([kept[0]!, exif(orientation), ...kept.slice(1), rest]);
  return stripped.equals(file) ? file : stripped;
}

/** Phones put a film or a second picture behind the end of the first: it has metadata of its own. */
function endOfImage(file: Buffer, scan: number): number {
  for (let at = scan; at < file.length - 1; at++) {
    if (file[at] === 0xff && file[at + 1] === 0xd9) return at + 2;
  }
  return file.length;
}

function orientationOf(segment: Buffer): number | undefined {
  if (segment.toString('latin1', 4, 8) !== 'Exif') return undefined;
  const tiff = segment.subarray(10);
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const u16 = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const first = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  for (let i = 0; i < u16(first); i++) {
    const entry = first + 2 + i * 12;
    if (u16(entry) === 0x0112) {
      const value = u16(entry + 8);
      return value >= 1 && value <= 8 ? value : undefined;
    }
  }
  return undefined;
}

/** An APP1 segment with one entry: the orientation. */
function exif(orientation: number): Buffer {
  const segment = Buffer.alloc(36);
  segment.writeUInt16BE(0xffe1, 0);
  segment.writeUInt16BE(34, 2);
  segment.write('Exif\0\0MM', 4, 'latin1');
  segment.writeUInt16BE(42, 12);
  segment.writeUInt32BE(8, 14);
  segment.writeUInt16BE(1, 18);
  segment.writeUInt16BE(0x0112, 20);
  segment.writeUInt16BE(3, 22);
  segment.writeUInt32BE(1, 24);
  segment.writeUInt16BE(orientation, 28);
  return segment;
}

const PNG_METADATA = new Set(['eXIf', 'tEXt', 'iTXt', 'zTXt', 'tIME']);

/** Chunks: `length type data crc`. */
function png(file: Buffer): Buffer {
  const kept: Buffer[] = [file.subarray(0, 8)];
  let size = 8;
  for (let at = 8; at < file.length; ) {
    const end = at + 12 + file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    if (!PNG_METADATA.has(type)) {
      kept.push(file.subarray(at, end));
      size += Math.min(end, file.length) - at;
    }
    at = end;
    // What lies behind the end is no part of the picture.
    if (type === 'IEND') break;
  }
  return size === file.length ? file : Buffer.concat(kept);
}

/** Chunks: `type length data`, padded to even; `VP8X` has flags that say which there are. */
function webp(file: Buffer): Buffer {
  const kept: Buffer[] = [];
  let removed = false;
  for (let at = 12; at + 8 <= file.length; ) {
    const type = file.toString('latin1', at, at + 4);
    const end = at + 8 + file.readUInt32LE(at + 4) + (file.readUInt32LE(at + 4) % 2);
    if (type === 'EXIF' || type === 'XMP ') removed = true;
    else {
      const chunk = Buffer.from(file.subarray(at, end));
      // Bits 3 and 2: EXIF, XMP.
      if (type === 'VP8X') chunk[8] = chunk[8]! & ~0b1100;
      kept.push(chunk);
    }
    at = end;
  }
  if (!removed) return file;
  const head = Buffer.from(file.subarray(0, 12));
  head.writeUInt32LE(4 + kept.reduce((sum, c) => sum + c.length, 0), 4);
  return Buffer.concat([head, ...kept]);
}
