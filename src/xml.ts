/** Text of XML, which feeds, site maps and drawings are. */

/** What XML 1.0 cannot hold, not even as a reference (§2.2). */
const IMPOSSIBLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const REFERENCES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** @returns a text as it stands between tags or in double quotes; characters that XML cannot hold go */
export function escapeXml(text: string): string {
  return text.replace(IMPOSSIBLE, '').replace(/[&<>"]/g, (c) => REFERENCES[c]!);
}
