import { expect, test } from 'vitest';
import { bringHome } from '../../src/images/bring-home.ts';

const answer = (type: string, status = 200, body = 'picture') =>
  (async () => new Response(body, { status, headers: { 'content-type': type } })) as typeof fetch;
const address = 'https://example.org/a/%E5%9B%BE%201.PNG?x=1';

test('an image is kept beside the note', async () => {
  const home = await bringHome('detr', address, new Set(), answer('image/jpeg; q=1'));
  expect(home).toEqual({
    file: 'detr/图-1.jpg',
    address: 'detr/图-1.jpg',
    bytes: new TextEncoder().encode('picture'),
  });
});

test('its address is one in Markdown, whatever the note is called', async () => {
  const home = await bringHome("a (b)*[c] & 100%_'图'", address, new Set(), answer('image/png'));
  expect(home).toMatchObject({ address: 'a%20%28b%29%2a%5Bc%5D%20%26%20100%25_%27图%27/图-1.png' });
});

test('a name that is taken gets a number', async () => {
  const home = await bringHome('detr', address, new Set(['detr/图-1.png']), answer('image/png'));
  expect(home).toMatchObject({ file: 'detr/图-1-2.png' });
});

test.each([
  ['a page', answer('text/html'), 'text/html'],
  ['SVG, which can run', answer('image/svg+xml'), 'svg'],
  ['an error', answer('image/png', 404), '404'],
  ['nothing', (async () => Promise.reject(new Error('no network'))) as typeof fetch, 'no network'],
])('%s stays where it is', async (_, load, problem) => {
  expect(await bringHome('detr', address, new Set(), load)).toMatchObject({
    problem: expect.stringContaining(problem),
  });
});

test.each(['file:///etc/passwd', 'javascript:alert(1)', 'data:image/png;base64,AA', 'local.png'])(
  '%s is not asked for',
  async (other) => {
    const load = (() => expect.unreachable()) as unknown as typeof fetch;
    expect(await bringHome('detr', other, new Set(), load)).toHaveProperty('problem');
  },
);

test('its name cannot lead out of the folder', async () => {
  const evil = 'https://example.org/..%2f..%2fx.png';
  const home = await bringHome('detr', evil, new Set(), answer('image/png'));
  expect(home).toMatchObject({ file: expect.stringMatching(/^detr\/[^/]+\.png$/) });
});
