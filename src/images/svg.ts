/**
 * SVG files beside the notes. As `<img>` they run nothing, but a reader can open one by itself, on the site's own
 * origin: so what runs, or loads from elsewhere, is taken out of the copy. A file without such things is copied
 * byte for byte, unless a browser could read other letters in it than we did.
 */

import {
  parseXml,
  XmlCdata,
  XmlComment,
  XmlDeclaration,
  XmlDocumentType,
  XmlElement,
  type XmlNode,
  XmlText,
} from '@rgrove/parse-xml';
import { escapeXml } from '../xml.ts';

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

/** An entity that is plain text, as drawing programs write them for their namespaces. */
const ENTITY = /<!ENTITY\s+([\w.-]+)\s+(?:"([^"&%<]*)"|'([^'&%<]*)')\s*>/g;
const COMMENT = /<!--(?:[^-]|-[^-])*-->/g;

export interface CleanedSvg {
  /** The file to publish. */
  svg: string;
  /** What was taken out, by name; empty when all that the file shows is as it was. */
  removed: string[];
}

/** Before all that a file or a server may say, it makes every browser read UTF-8. */
const BOM = '\ufeff';

/** What is the same in every encoding that a browser may take it for: what switches within one, XML cannot hold. */
const ASCII = /^\p{ASCII}*$/u;

/**
 * @param source text of the file, read as UTF-8, with the byte order mark if it has one
 * @throws XmlError when it is not well-formed: no browser would show it
 */
export function cleanSvgFile(source: string): CleanedSvg {
  const entities = new Map([...source.matchAll(ENTITY)].map((m) => [m[1]!, m[2] ?? m[3] ?? ''] as const));
  const document = parseXml(source, {
    preserveComments: true,
    preserveDocumentType: true,
    preserveXmlDeclaration: true,
    resolveUndefinedEntity: (name) => entities.get(name.replace(/^&|;$/g, '')) ?? '',
  });
  const removed: string[] = [];
  if (/<\?xml-stylesheet/.test(source)) removed.push('xml-stylesheet');
  const subset = document.children.find((c) => c instanceof XmlDocumentType)?.internalSubset ?? undefined;
  if (subset?.replace(COMMENT, '').replace(ENTITY, '').trim()) removed.push('<!DOCTYPE>');
  const svg = print(document.root!, removed);
  const isAscii = ASCII.test(source);
  const encoding = document.children.find((c) => c instanceof XmlDeclaration)?.encoding ?? 'UTF-8';
  const isRead = (isAscii ? /^(?:utf-8|us-ascii)$/i : /^utf-8$/i).test(encoding);
  // Declarations may add attributes and elements that are not in the tree: they are never published.
  return removed.length === 0 && subset === undefined && isRead
    ? { svg: isAscii || source.startsWith(BOM) ? source : BOM + source, removed }
    : { svg: `${ASCII.test(svg) ? '' : BOM}${svg}\n`, removed: [...new Set(removed)].sort() };
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

/** Takes out CSS that loads something from elsewhere, also where it is written with escapes. */
function styles(text: string, removed: string[]): string {
  const cleaned = loads(text, removed);
  if (!cleaned.includes('\\')) return cleaned;
  const read = cleaned.replace(
    /\\(?:([0-9a-f]{1,6})(?:\r\n|[ \t\r\n\f])?|([^\r\n\f]))/gi,
    (_, code: string | undefined, sign: string) => {
      const point = code === undefined ? undefined : Number.parseInt(code, 16);
      return point === undefined ? sign : point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point);
    },
  );
  const safe = loads(read, removed);
  // What is read once may hold escapes again; it is shorter each time.
  return safe === read ? cleaned : styles(safe, removed);
}

function loads(text: string, removed: string[]): string {
  return text
    .replace(/@import[^;]*;?/gi, () => {
      removed.push('@import');
      // Not nothing: what stands on both sides could be another one.
      return ' ';
    })
    .replace(
      // The end of the text closes what is open.
      /url\((?!\s*['"]?\s*(?:#|data:image\/(?:png|jpe?g|gif|webp|avif);))[^)]*\)?/gi,
      () => {
        removed.push('url()');
        return 'none';
      },
    )
    .replace(/image-set\([^)]*\)?|\bimage\((?=\s*(?:(?:ltr|rtl)\s*)?['"])[^)]*\)?/gi, () => {
      removed.push('image-set()');
      return 'none';
    });
}
