/**
 * @param bytes that have no room for what is to come
 * @param used how many of them to keep
 * @param needed how many there must be
 * @returns more bytes, that begin with those
 */
export function grown(bytes: Buffer, used: number, needed: number): Buffer<ArrayBuffer> {
  const larger = Buffer.allocUnsafeSlow(Math.max(needed, Math.ceil(1.5 * bytes.length)));
  bytes.copy(larger, 0, 0, used);
  return larger;
}
