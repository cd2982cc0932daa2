import { describe, expect, test } from 'vitest';
import { contentsOf, prepareFiles } from '../../src/images/images.ts';
import { cleanSvgFile } from '../../src/images/svg.ts';
import type { AssetPath, Url } from '../../src/paths.ts';

const svg = (inner: string, attributes = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"${attributes}>${inner}</svg>`;

describe('case 20: what runs or loads is taken out', () => {
  test.each([
    ['a script', svg('<script>alert(1)</script>'), '<script>'],
    [
      'a script in another prefix',
      svg('<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>'),
      '<script>',
    ],
    ['a handler', svg('', ' onload="alert(1)"'), 'onload'],
    [
      'HTML inside',
      svg('<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="//evil"/></foreignObject>'),
      '<foreignobject>',
    ],
    ['an active address', svg('<a xlink:href="java&#10;script:alert(1)"><rect/></a>'), 'href'],
    ['an image of elsewhere', svg('<image href="https://evil/x.png"/>'), 'href'],
    ['an SVG inside an address', svg('<image href="data:image/svg+xml;base64,PHN2Zz4="/>'), 'href'],
    [
      'an animated address',
      svg('<a><animate attributeName="xlink:href" to="javascript:alert(1)"/></a>'),
      '<animate>',
    ],
    ['an animated handler', svg('<set attributeName="onload" to="alert(1)"/>'), '<set>'],
    ['an imported style', svg('<style>@import "https://evil/x.css"; a {}</style>'), '@import'],
    ['a style that loads', svg('<rect style="fill:url(https://evil/x#y)"/>'), 'url()'],
    [
      'a style sheet of elsewhere',
      `<?xml-stylesheet href="https://evil/x.css"?>${svg('')}`,
      'xml-stylesheet',
    ],
    [
      'a script that hides in an entity',
      `<!DOCTYPE svg [<!ENTITY x "1">]>${svg('<script>&x;</script>')}`,
      '<script>',
    ],
    [
      'a handler that a declaration adds',
      `<!DOCTYPE svg [<!ATTLIST svg onload CDATA "alert(1)">]>${svg('')}`,
      '<!DOCTYPE>',
    ],
    [
      'a script that an entity writes',
      `<!DOCTYPE svg [<!ENTITY x "&#60;script>alert(1)&#60;/script>">]>${svg('<g>&x;</g>')}`,
      '<!DOCTYPE>',
    ],
    [
      'a parameter entity',
      `<!DOCTYPE svg [<!ENTITY % x SYSTEM "https://evil/x.dtd"> %x;]>${svg('')}`,
      '<!DOCTYPE>',
    ],
    ['an import in escapes', svg('<style>@\\69mport "https://evil/x.css";</style>'), '@import'],
    ['an import around another', svg('<style>@im@import;port "https://x.test/x.css";</style>'), '@import'],
    ['a style in escapes', svg('<rect style="fill:u\\72l(https://evil/x)"/>'), 'url()'],
    [
      'escapes of escapes',
      svg('<style>@\\69mport "a"; @\\5c 69mport "https://evil/x.css";</style>'),
      '@import',
    ],
    ['an open end', svg('<rect style="fill:url(https://evil/x"/>'), 'url()'],
    ['a set of images', svg('<style>a{mask:image-set("https://evil/x" 1x)}</style>'), 'image-set()'],
    ['an image in a style', svg('<style>a{mask:image("https://evil/x")}</style>'), 'image-set()'],
  ])('%s', (_, source, expected) => {
    const { svg: cleaned, removed } = cleanSvgFile(source);
    expect(removed).toContain(expected);
    expect(cleaned).not.toMatch(/script|alert|evil|onload|foreignObject|animate/i);
    // What is left holds nothing more to take out.
    expect(cleanSvgFile(cleaned).removed).toEqual([]);
  });
});

test('a drawing is left byte for byte', () => {
  const source = `<?xml version="1.0"?>\n<!-- a -->${svg('<style>rect { fill: url(#g) }</style><use xlink:href="#a"/><image href="data:image/png;base64,AA=="/>')}`;
  expect(cleanSvgFile(source)).toEqual({ svg: source, removed: [] });
});

describe('a browser reads what was read here, whatever the file and the server say of its encoding', () => {
  /** A comment and CDATA in UTF-8 that end elsewhere where the last byte of 七 belongs to the sign after it. */
  const hidden = '<title><![CDATA[七]]><!-- ]]></title><script>alert(1)</script><title> --></title>';

  /** What is published of a file. */
  async function published(bytes: Buffer): Promise<Buffer> {
    const asset = { path: 'a.svg' as AssetPath, hash: 'h', bytes: 9 };
    const kept = new Map<string, Uint8Array>();
    const store = {
      has: (key: string) => kept.has(key),
      get: (key: string) => kept.get(key),
      put: (key: string, bytes: Uint8Array) => void kept.set(key, bytes),
      touch: () => {},
    };
    const used = [{ asset, url: '/files/a.svg' as Url }];
    const { files, diagnostics } = await prepareFiles(
      used,
      store,
      () => bytes,
      'x',
      async () => {},
    );
    expect(diagnostics).toEqual([]);
    return Buffer.from(await contentsOf(files[0]!, store, () => bytes));
  }

  test.each([
    'GBK',
    'gb18030',
    'Shift_JIS',
    'Big5',
    'EUC-KR',
    'ISO-8859-1',
    'US-ASCII',
    'UTF-16',
    'x-user-defined',
  ])('%s', async (encoding) => {
    const copy = await published(Buffer.from(`<?xml version="1.0" encoding="${encoding}"?>${svg(hidden)}`));
    expect(copy.subarray(0, 3)).toEqual(Buffer.from('\ufeff'));
    expect(String(copy)).toBe(`\ufeff${svg('<title>七</title>')}\n`);
  });

  test('an encoding for letters that are the same in all goes too', async () => {
    const source = `<?xml version='1.0' encoding='GBK'?>${svg('<g/>')}`;
    expect(String(await published(Buffer.from(source)))).toBe(`${svg('<g/>')}\n`);
  });

  test.each(['', '<?xml version="1.0"?>', '<?xml version="1.0" encoding="utf-8"?>'])(
    'letters of its own make a mark necessary: %s',
    async (declaration) => {
      const source = Buffer.from(`${declaration}${svg(hidden)}`);
      const marked = Buffer.concat([Buffer.from('\ufeff'), source]);
      expect(await published(source)).toEqual(marked);
      expect(await published(marked)).toEqual(marked);
    },
  );

  test.each([
    '',
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<?xml version="1.0" encoding="us-ascii"?>',
    '\ufeff',
  ])('other letters do not: %s', async (declaration) => {
    const source = Buffer.from(`${declaration}${svg('<g/>')}`);
    expect(await published(source)).toEqual(source);
  });

  test('signs that switch to other letters are refused', () => {
    for (const sign of ['\u001b$B', '\u001b(J', '\u000e', '\u0000'])
      for (const source of [
        svg(sign),
        svg(`<!--${sign}-->`),
        svg(`<?x ${sign}?>`),
        `<!--${sign}-->${svg('')}`,
      ])
        expect(() => cleanSvgFile(source)).toThrow();
  });
});

test('namespaces in entities are written out, and nothing is said', () => {
  const source =
    '<!DOCTYPE svg [<!-- a -->\n<!ENTITY ns_svg "http://www.w3.org/2000/svg">\n]><svg xmlns="&ns_svg;"><g/></svg>';
  expect(cleanSvgFile(source)).toEqual({
    svg: '<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>\n',
    removed: [],
  });
});

test('quoted addresses within the file, and escapes that load nothing, stay', () => {
  const source = svg('<style>a { fill: url("#g") } b::after { content: "\\2014" }</style>');
  expect(cleanSvgFile(source)).toEqual({ svg: source, removed: [] });
});

test('text stays text', () => {
  const source = svg('<script/><text>a &lt;b&gt; &amp; "c"</text>');
  expect(cleanSvgFile(source).svg).toContain('<text>a &lt;b&gt; &amp; &quot;c&quot;</text>');
});

test('what is not well-formed is refused', () => {
  expect(() => cleanSvgFile('<svg><g></svg>')).toThrow();
});

test('a file that is no picture is told of, and is not published as it is', async () => {
  const asset = { path: 'a/plate.svg' as AssetPath, hash: 'h', bytes: 9 };
  const kept = new Map<string, Uint8Array>();
  const store = {
    has: (key: string) => kept.has(key),
    get: (key: string) => kept.get(key),
    put: (key: string, bytes: Uint8Array) => void kept.set(key, bytes),
    touch: () => {},
  };
  const used = [{ asset, url: '/files/a/plate.svg' as Url }];
  // The second time from the store.
  for (let i = 0; i < 2; i++) {
    const { diagnostics } = await prepareFiles(
      used,
      store,
      () => Buffer.from('<svg><g>'),
      'x',
      async () => {},
    );
    expect(diagnostics).toMatchObject([{ id: 'image/broken', severity: 'error', file: 'posts/a/plate.svg' }]);
  }
});

test('what the disk has spoilt is made again: the original is never published in its place', async () => {
  const asset = { path: 'a/plate.svg' as AssetPath, hash: 'h', bytes: 9 };
  const kept = new Map<string, Uint8Array>();
  const spoilt = new Set<string>();
  const store = {
    // A store knows only when it reads.
    has: (key: string) => kept.has(key),
    get: (key: string) => (spoilt.has(key) ? undefined : kept.get(key)),
    put: (key: string, bytes: Uint8Array) => {
      spoilt.delete(key);
      kept.set(key, bytes);
    },
    touch: () => {},
  };
  const original = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>');
  const used = [{ asset, url: '/files/a/plate.svg' as Url }];
  const prepare = () =>
    prepareFiles(
      used,
      store,
      () => original,
      'x',
      async () => {},
    );
  const [file] = (await prepare()).files;
  const published = async () => String(await contentsOf(file!, store, () => original));
  expect(await published()).not.toContain('script');
  for (const key of kept.keys()) spoilt.add(key);
  expect((await prepare()).files).toEqual([file]);
  expect(await published()).not.toContain('script');
  // And where its record is still whole.
  spoilt.add(file!.stored!);
  expect((await prepare()).files).toEqual([file]);
  expect(await published()).not.toContain('script');
  expect(spoilt.has(file!.stored!)).toBe(false);
});
