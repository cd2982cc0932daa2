/** What `srcset` of HTML lists: files, each with what it is for. */

/** An address, the comma that ends it or blanks and all up to the next comma; commas within an address are its own. */
const CANDIDATE = /([^\s,]\S*?)(?:(?<!,),+(?=\s|$)|\s+([^,]*)|$)/g;

export interface Candidate {
  address: string;
  /** `2x`, `480w`; may be empty. */
  descriptor: string;
}

/** @returns the files of a `srcset`, in their order */
export function candidatesOf(srcset: string): Candidate[] {
  return [...srcset.matchAll(CANDIDATE)].map(([, address, descriptor = '']) => ({
    address: address!,
    descriptor: descriptor.trim(),
  }));
}

/** @returns the `srcset` that lists these files */
export function srcsetOf(candidates: Candidate[]): string {
  return candidates.map(({ address, descriptor }) => `${address} ${descriptor}`.trim()).join(', ');
}
