/** The repository's own site: ten notes, built as a reader gets them. */

import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { beforeAll, describe, expect, test } from 'vitest';
import { folderOf, postil, readFolder, repository, TEN_NOTES } from '../support/folder.ts';

/** The blog's index page, in its order. */
const TITLES = [
  'Vision Representation From Textual',
  'Multimodal-Transformer',
  'Knowledge Distillation',
  'DL面试知识点',
  'DETR-note',
  'PolarMask-note',
  'Retinanet&focal-loss',
  'FPN-note',
  'PSPNet-note',
  'FCN note',
];

const decode = (text: string) =>
  text
    .replace(/&#x([0-9a-f]+);/gi, (_, n: string) => String.fromCodePoint(Number.parseInt(n, 16)))
    .replace(/&#(\d+);/g, (_, n: string) => String.fromCodePoint(Number(n)))
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');

describe.each([
  ['/', []],
  ['/notes/', ['--base', '/notes/']],
])('below %s', (base, args) => {
  let files: Map<string, Buffer>;
  const text = (path: string) => files.get(path)!.toString();
  const pages = () => [...files.keys()].filter((p) => p.endsWith('.html'));

  beforeAll(async () => {
    const out = `${folderOf()}/out`;
    const { code, stderr } = await postil([
      'build',
      repository,
      '--url',
      'https://notes.example.org',
      ...args,
      '--out',
      out,
      '--quiet',
    ]);
    expect([code, stderr]).toEqual([0, '']);
    files = readFolder(out);
  });

  test('the ten notes, the lists, the feeds and the rest are there', () => {
    for (const slug of TEN_NOTES) expect(pages()).toContain(`posts/${slug}/index.html`);
    for (const path of [
      'index.html',
      'tags/index.html',
      'categories/index.html',
      'archives/index.html',
      'about/index.html',
    ])
      expect(pages()).toContain(path);
    for (const path of ['404.html', 'atom.xml', 'feed.json', 'sitemap.xml', 'robots.txt', '.postil.json'])
      expect([...files.keys()]).toContain(path);
  });

  test('the index lists the ten titles in the blog’s order', () => {
    const listed = [...text('index.html').matchAll(/<h2[^>]*>\s*<a[^>]*>([\s\S]*?)<\/a>/g)].map((m) =>
      decode(m[1]!.replace(/<[^>]*>/g, '')).trim(),
    );
    expect(listed).toEqual(TITLES);
  });

  test('every internal link, fragment, picture, script and style sheet is there', () => {
    const missing: string[] = [];
    const ids = new Map<string, Set<string>>();
    const idsOf = (path: string) => {
      let found = ids.get(path);
      if (!found) {
        found = new Set([...text(path).matchAll(/\sid="([^"]*)"/g)].map((m) => decode(m[1]!)));
        ids.set(path, found);
      }
      return found;
    };
    let checked = 0;
    for (const page of pages()) {
      for (const m of text(page).matchAll(/\s(?:href|src|poster)="([^"]*)"/g)) {
        const address = decode(m[1]!);
        if (/^(?:https?:|mailto:)/.test(address)) continue;
        checked++;
        const [path = '', fragment = ''] = address.split('#').map(decodeURIComponent);
        let target = page;
        if (path !== '') {
          if (!path.startsWith(base)) {
            missing.push(`${page}: ${address} is outside ${base}`);
            continue;
          }
          target = path.slice(base.length).replace(/(^|\/)$/, '$1index.html');
        }
        if (!files.has(target)) missing.push(`${page}: ${address}`);
        else if (fragment !== '' && !idsOf(target).has(fragment))
          missing.push(`${page}: ${address} (no such id)`);
      }
    }
    expect(missing).toEqual([]);
    expect(checked).toBeGreaterThan(500);
  });

  test('no id stands twice on a page', () => {
    for (const page of pages()) {
      const all = [...text(page).matchAll(/\sid="([^"]*)"/g)].map((m) => m[1]!);
      expect(
        all.filter((id, i) => all.indexOf(id) !== i),
        page,
      ).toEqual([]);
    }
  });

  test('no formula is left as it was typed', () => {
    for (const page of pages()) {
      const shown = text(page)
        .replace(/<(pre|code|script)\b[\s\S]*?<\/\1>/g, '')
        .replace(/<[^>]*>/g, '');
      expect(shown, page).not.toContain('$$');
      expect(shown, page).not.toMatch(/\\(?:frac|mathrm|mathcal|sum|begin)\b/);
    }
    expect(text('posts/detr/index.html').match(/class="katex[ "]/g)!.length).toBeGreaterThan(20);
  });

  test('no page loads anything from another host', () => {
    for (const page of pages()) {
      const html = text(page);
      expect(
        html.match(
          /<(?:script|img|iframe|source|video|audio|embed|object)\b[^>]*\s(?:src|data|srcset)="(?:https?:)?\/\//g,
        ),
        page,
      ).toBeNull();
      for (const m of html.matchAll(/<link\b[^>]*>/g)) {
        if (/rel="(?:canonical|alternate)"/.test(m[0])) continue;
        expect(m[0], page).not.toMatch(/href="(?:https?:)?\/\//);
      }
    }
    for (const [path, bytes] of files) {
      if (path.endsWith('.css'))
        expect(bytes.toString(), path).not.toMatch(/(?:url\(|@import)\s*["']?(?:https?:)?\/\//);
    }
  });

  test('the feeds parse; addresses are absolute, formulas MathML', () => {
    const atom = text('atom.xml');
    expect(XMLValidator.validate(atom)).toBe(true);
    const { feed } = new XMLParser({ ignoreAttributes: false }).parse(atom) as {
      feed: { entry: { title: string; content: { '#text': string } }[] };
    };
    expect(feed.entry.slice(0, 1).map((e) => e.title)).toEqual([TITLES[0]]);
    const json = JSON.parse(text('feed.json')) as {
      version: string;
      items: { url: string; content_html: string }[];
    };
    expect(json.version).toBe('https://jsonfeed.org/version/1.1');
    expect(json.items.map((i) => i.url)).toEqual(
      expect.arrayContaining(TEN_NOTES.map((s) => `https://notes.example.org${base}posts/${s}/`)),
    );
    for (const { url, content_html: html } of json.items) {
      for (const m of html.matchAll(/\s(?:href|src)="([^"]*)"/g))
        expect(m[1], url).toMatch(/^(?:https?:\/\/|mailto:|#)/);
      expect(html, url).not.toMatch(/class="katex/);
    }
    expect(json.items.find((i) => i.url.endsWith('/detr/'))!.content_html).toContain('<math');
    expect(decode(atom)).toContain('<math');
  });

  test('the sitemap parses and names every note', () => {
    expect(XMLValidator.validate(text('sitemap.xml'))).toBe(true);
    for (const slug of TEN_NOTES)
      expect(text('sitemap.xml')).toContain(`<loc>https://notes.example.org${base}posts/${slug}/</loc>`);
  });
});
