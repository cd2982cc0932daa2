/** Time stamps of a file whose content is known. They never decide what is built, only whether to hash again. */
export type Stamp = [bytes: number, mtimeMs: number, ctimeMs: number, ino: number, hash: string];

interface Stats {
  size: number;
  mtimeMs: number;
  ctimeMs: number;
  ino: number;
}

/** A file written this shortly before it was looked at may be written again without a new time stamp. */
const SETTLED_MS = 50;

/** Whether a file's stamps are those under which its content was hashed. */
export function isSame(stamp: Stamp | undefined, stats: Stats): stamp is Stamp {
  return (
    stamp !== undefined &&
    stamp[0] === stats.size &&
    stamp[1] === stats.mtimeMs &&
    stamp[2] === stats.ctimeMs &&
    stamp[3] === stats.ino
  );
}

/**
 * @param now when the content was looked at
 * @returns the stamp; one that is too young at `now` to be trusted later fits no file, but still has the hash
 */
export function stampOf(stats: Stats, hash: string, now: number): Stamp {
  const settled = Math.max(stats.mtimeMs, stats.ctimeMs) < now - SETTLED_MS;
  return [stats.size, settled ? stats.mtimeMs : -1, stats.ctimeMs, stats.ino, hash];
}
