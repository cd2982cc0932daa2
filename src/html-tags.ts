/**
 * Tags in printed HTML. They are matched whole and one after the other, for an attribute may hold `<` and `>`, and what looks
 * like a tag in one is none; between tags `<` is escaped.
 */

const ATTRIBUTES = `(?:[^>"']|"[^"]*"|'[^']*')*`;

/** A comment; a script or style with what it holds, and its name; or a tag that opens, its name and its attributes. */
export const PIECE = new RegExp(
  `<!--[\\s\\S]*?-->|<(script|style)(?=[\\s/>])${ATTRIBUTES}>[\\s\\S]*?</\\1\\s*>|<([a-z][^\\s/>"']*)(${ATTRIBUTES})>`,
  'gi',
);

const ATTRIBUTE = /\s*([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?/g;

/**
 * Changes attributes of one tag.
 *
 * @param change gets name, in lower case, and value, escaped as it stands there; gives the value in its place, or nothing
 *   when the attribute is to go
 */
export function mapAttributes(
  tag: string,
  change: (name: string, value: string) => string | undefined,
): string {
  const [start] = /^<[^\s/>"']*/.exec(tag)!;
  const rest = tag.slice(start.length).replace(ATTRIBUTE, (all, name: string, ...values: string[]) => {
    const value = values.slice(0, 3).find((v) => v !== undefined) ?? '';
    const now = change(name.toLowerCase(), value);
    if (now === value) return all;
    return now === undefined ? '' : ` ${name}="${now}"`;
  });
  return start + rest;
}

/** @returns the attributes of a tag by name, in lower case; values are escaped as they stand there */
export function attributesOf(tag: string): Map<string, string> {
  const found = new Map<string, string>();
  mapAttributes(tag, (name, value) => {
    // Of two the first counts.
    if (!found.has(name)) found.set(name, value);
    return value;
  });
  return found;
}
