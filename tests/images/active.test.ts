import { describe, expect, test } from 'vitest';
import { isActive } from '../../src/images/active.ts';

describe('case 20: what servers call a page, a script or XML', () => {
  test.each(
    'html htm shtml xhtml xht mht mhtml js mjs cjs es xml xsl xslt xsd rng rdf owl wsdl mathml mml atom rss kml gpx xspf svgz swf xul'.split(
      ' ',
    ),
  )('%s', (ending) => {
    for (const path of [`a.${ending}`, `a.b/c.${ending.toUpperCase()}`, `a.${ending}.bak`, `a.${ending}.en`])
      expect(isActive(path), path).toBe(true);
    for (const path of [`a.${ending}.txt`, `a.${ending}.zip`, `a.${ending}/b`, ending, `b${ending}`])
      expect(isActive(path), path).toBe(false);
  });
});

test('other files are none', () => {
  for (const name of [
    'a.svg',
    'a.SVG',
    'a.png',
    'a.pdf',
    'a.csv',
    'a.json',
    'a.bib',
    'a.ipynb',
    'a.py',
    'a.tex',
    'a.zip',
    'a.tar.gz',
    'a.xlsx',
    'a.docx',
    'a.mp4',
    'a.constructor',
    'a.__proto__',
    'a.drawio',
    'a',
    '.a',
  ])
    expect(isActive(name), name).toBe(false);
});

test('a drawing under another ending is not cleaned, so it is active', () => {
  expect(isActive('a.svg.bak')).toBe(true);
});
