/**
 * SVG files beside the notes. As `<img>` they run nothing, but a reader can open one by itself, on the site's own
 * origin: so what runs, or loads from elsewhere, is taken out of the copy. A file without such things is copied
 * byte for byte.
 */

import { parseXml, XmlCdata, XmlComment, XmlElement, type XmlNode, XmlText } from '@rgrove/parse-xml';

/** Elements that run, embed other documents, or listen. */
const ACTIVE = new Set([
  'script',
  'foreignobject',
  'iframe',
  'embed',
  'object',
  'handler',
  'listener',
  'base',
  'link',
  'meta',
]);
/** Animations may not set an address. */
const ANIMATION = new Set(['animate', 'set', 'animatetransform', 'animatemotion']);

export interface CleanedSvg {
  /** The file to publish. */
  svg: string;
  /** What was taken out, by name; empty when the file is as it was. */
  removed: string[];
}

/**
 * @param source text of the file
 * @throws XmlError when it is not well-formed: no browser would show it
 */
export function cleanSvgFile(source: string): CleanedSvg {
  const entities = new Map(
    [...source.matchAll(/<!ENTITY\s+([\w.-]+)\s+(?:"([^"&%<]*)"|'([^'&%<]*)')\s*>/g)].map(
      (m) => [m[1]!, m[2] ?? m[3] ?? ''] as const,
    ),
  );
  const document = parseXml(source, {
    preserveComments: true,
    resolveUndefinedEntity: (name) => entities.get(name.replace(/^&|;$/g, '')) ?? '',
  });
  const removed: string[] = [];
  if (/<\?xml-stylesheet/.test(source)) removed.push('xml-stylesheet');
  const root = document.root!;
  const svg = print(root, removed);
  return removed.length === 0
    ? { svg: source, removed }
    : { svg: `${svg}\n`, removed: [...new Set(removed)].sort() };
}

const local = (name: string) => name.slice(name.indexOf(':') + 1).toLowerCase();

function print(node: XmlNode, removed: string[]): string {
  if (node instanceof XmlComment) return '';
  if (node instanceof XmlText || node instanceof XmlCdata) {
    const parent = node.parent instanceof XmlElement ? local(node.parent.name) : '';
    return escapeXml(parent === 'style' ? styles(node.text, removed) : node.text);
  }
  if (!(node instanceof XmlElement)) return '';
  const name = local(node.name);
  const target = node.attributes.attributeName?.toLowerCase() ?? '';
  if (ACTIVE.has(name) || (ANIMATION.has(name) && /href|^on/.test(target))) {
    removed.push(`<${name}>`);
    return '';
  }
  const attributes = Object.entries(node.attributes).flatMap(([key, value]) => {
    const safe = attribute(local(key), value, removed);
    return safe === undefined ? [] : [` ${key}="${escapeXml(safe).replace(/\n/g, '&#10;')}"`];
  });
  const inner = node.children.map((c) => print(c, removed)).join('');
  return inner === ''
    ? `<${node.name}${attributes.join('')}/>`
    : `<${node.name}${attributes.join('')}>${inner}</${node.name}>`;
}

function attribute(name: string, value: string, removed: string[]): string | undefined {
  if (name.startsWith('on')) {
    removed.push(name);
    return undefined;
  }
  if (name === 'href' || name === 'src') {
    const bare = value.replace(/[\u0000-\u0020]/g, '');
    if (bare.startsWith('#') || /^data:image\/(?:png|jpe?g|gif|webp|avif);/i.test(bare)) return value;
    removed.push(name);
    return undefined;
  }
  return styles(value, removed);
}

/** CSS that loads something from elsewhere. */
function styles(text: string, removed: string[]): string {
  return text
    .replace(/@import[^;]*;?/gi, () => {
      removed.push('@import');
      return '';
    })
    .replace(/url\(\s*(['"]?)(?!\s*(?:#|data:image\/(?:png|jpe?g|gif|webp|avif);))[^)]*\)/gi, () => {
      removed.push('url()');
      return 'none';
    });
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
