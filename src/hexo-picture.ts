/** Hexo's `asset_img` and `img`, which posts are built with here and imported from. */

/** `[class names] file [width] [height] ['"title text" "alt text"']`, see https://hexo.io/docs/tag-plugins. */
export interface HexoPicture {
  file: string;
  width?: string;
  height?: string;
  title: string;
  /** The title where nothing else is said. */
  alt: string;
}

/** Without its quotes. */
const bare = (word: string) => word.replace(/^(["'])(.*)\1$/s, '$2');

/** A title and an alternative text inside one pair of quotes: `"title" "alternative"`, or `title'alternative'`. */
const BOTH = /^("[^"]*"\s*|'[^']*'\s*|[^"']+)("[^"]*"|'[^']*')$/;

/**
 * @param args what stands behind the tag's name
 * @returns nothing when no word is the name of a file
 */
export function hexoPicture(args: string): HexoPicture | undefined {
  const words = args.match(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\S+/g) ?? [];
  const at = words.findIndex((w) => /\.\w{2,5}(?:\?|$)|^https?:/.test(bare(w)));
  if (at === -1) return undefined;
  const rest = words.slice(at + 1);
  const size = () => (/^\d+$/.test(rest[0] ?? '') ? rest.shift() : undefined);
  const width = size();
  const height = width && size();
  // Words without quotes are one title.
  const text = rest.length === 1 ? bare(rest[0]!) : rest.join(' ');
  const [, title = bare(text), alt = title] = BOTH.exec(text) ?? [];
  return {
    file: bare(words[at]!),
    ...(width && { width }),
    ...(height && { height }),
    title: bare(title.trim()),
    alt: bare(alt),
  };
}
