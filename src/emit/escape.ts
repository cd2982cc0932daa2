/** Escaping of text and attributes of HTML. */

/** @returns a text as it stands between tags or in an attribute */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
