/** Numbers of things, in words. */

/** `1 note`, `2 notes`; `many` where an s does not do. */
export const counted = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
