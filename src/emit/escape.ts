/** Escaping of text and attributes of HTML. */

/** @returns a text as it stands between tags or in an attribute */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** @returns the text that `escapeHtml` made this of */
export function unescapeHtml(escaped: string): string {
  return escaped.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}
