import { expect, test } from 'vitest';
import { bringHome } from '../../src/images/bring-home.ts';

const answer = (type: string, status = 200, body = 'picture') =>
  (async () => new Response(body, { status, headers: { 'content-type': type } })) as typeof fetch;
const address = 'https://example.org/a/%E5%9B%BE%201.PNG?x=1';
const text = `![图](${address} "标题")\n\n![](${address})\n`;

test('an image is kept beside the note, and the note names the copy', async () => {
  const home = await bringHome(text, 'detr', address, new Set(), answer('image/jpeg; q=1'));
  expect(home).toEqual({
    text: '![图](detr/图-1.jpg "标题")\n\n![](detr/图-1.jpg)\n',
    file: 'detr/图-1.jpg',
    bytes: new TextEncoder().encode('picture'),
  });
});

test('a name that is taken gets a number', async () => {
  const home = await bringHome(text, 'detr', address, new Set(['detr/图-1.png']), answer('image/png'));
  expect(home).toMatchObject({ file: 'detr/图-1-2.png' });
});

test.each([
  ['a page', answer('text/html'), 'text/html'],
  ['SVG, which can run', answer('image/svg+xml'), 'svg'],
  ['an error', answer('image/png', 404), '404'],
  ['nothing', (async () => Promise.reject(new Error('no network'))) as typeof fetch, 'no network'],
])('%s stays where it is', async (_, load, problem) => {
  expect(await bringHome(text, 'detr', address, new Set(), load)).toMatchObject({
    problem: expect.stringContaining(problem),
  });
});

test.each(['file:///etc/passwd', 'javascript:alert(1)', 'data:image/png;base64,AA', 'local.png'])(
  '%s is not asked for',
  async (other) => {
    const load = (() => expect.unreachable()) as unknown as typeof fetch;
    expect(await bringHome(text, 'detr', other, new Set(), load)).toHaveProperty('problem');
  },
);

test('its name cannot lead out of the folder', async () => {
  const evil = 'https://example.org/..%2f..%2fx.png';
  const home = await bringHome(`![](${evil})`, 'detr', evil, new Set(), answer('image/png'));
  expect(home).toMatchObject({ file: expect.stringMatching(/^detr\/[^/]+\.png$/) });
});
