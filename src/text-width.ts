/** How wide a text stands in the page's sans-serif, about: Chinese letters are as wide as high, others half. */

/** @returns width in the unit of `size` */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const c of text) {
    const code = c.codePointAt(0)!;
    if (code >= 0x2e80) ems += 1;
    else if (/[A-Zmw@%—]/.test(c)) ems += 0.74;
    else if (/[ijlt.,:;'|!()[\]\s]/.test(c)) ems += 0.32;
    else ems += 0.56;
  }
  return ems * size;
}
