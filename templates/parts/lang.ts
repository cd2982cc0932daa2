/** `lang` for a part: only where it differs from its surroundings. */
export function langWithin(lang: string, around: string): string | undefined {
  return lang === around ? undefined : lang;
}

/** Latin text without a hanzi, kana or hangul (paper titles, author lists) is read out as English. */
export function latinLang(text: string, around: string): string | undefined {
  if (/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/u.test(text) || !/[A-Za-z]{2}/.test(text)) return undefined;
  return around.startsWith('en') ? undefined : 'en';
}
