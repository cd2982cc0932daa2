/** Turns of phrase that messages share. */

export const list = (names: string[]) => names.map((n) => `“${n}”`).join(', ');
export const didYouMean = (names: string[]) =>
  names.length > 0 ? `did you mean ${list(names)}?` : undefined;
/** Where else the same stands: the first twelve places, and how many more there are. */
export const alsoAt = (others: (string | number)[], where = 'at') => {
  if (others.length === 0) return '';
  const more = others.length > 12 ? ` and ${others.length - 12} more` : '';
  return `; the same ${where} ${others.slice(0, 12).join(', ')}${more}`;
};
