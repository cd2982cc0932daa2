import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { stripMetadata } from '../../src/images/strip.ts';

/** A small picture with everything that cameras and editors write. */
const picture = (format: 'jpeg' | 'png' | 'webp', orientation = 1) =>
  sharp({
    create: {
      width: 40,
      height: 20,
      channels: 3,
      background: '#345',
      noise: { type: 'gaussian', mean: 120, sigma: 60 },
    },
  })
    .withExif({
      IFD0: { Make: 'SecretCam', Copyright: 'SecretName' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 3230/100' },
    })
    .withMetadata({ orientation })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>SecretPlace</a></x:xmpmeta>')
    [format]()
    .toBuffer();

const pixels = (bytes: Uint8Array) => sharp(bytes).raw().toBuffer();

describe.each(['jpeg', 'png', 'webp'] as const)('%s', (format) => {
  test('loses what is not the picture, and no pixel', async () => {
    const before = await picture(format);
    expect(before.toString('latin1')).toContain('Secret');
    const after = Buffer.from(stripMetadata(before));
    expect(after.toString('latin1')).not.toContain('Secret');
    expect((await sharp(after).metadata()).exif).toBeUndefined();
    expect((await sharp(after).metadata()).xmp).toBeUndefined();
    expect(await pixels(after)).toEqual(await pixels(before));
  });

  test('is left alone when there is nothing to take out', async () => {
    const clean = stripMetadata(await picture(format));
    expect(Buffer.from(stripMetadata(clean))).toEqual(Buffer.from(clean));
  });

  test('survives being cut off anywhere', async () => {
    const whole = await picture(format);
    for (let length = 0; length < Math.min(whole.length, 400); length += 7) {
      expect(stripMetadata(whole.subarray(0, length)).length).toBeLessThanOrEqual(length + 36);
    }
  });
});

test('a JPEG that lies on its side keeps lying on its side', async () => {
  const turned = stripMetadata(await picture('jpeg', 6));
  const { orientation, exif } = await sharp(turned).metadata();
  expect(orientation).toBe(6);
  expect(exif?.toString('latin1')).not.toContain('Secret');
  expect(stripMetadata(turned)).toEqual(turned);
});

test('the film that a phone hangs behind a photograph goes too', async () => {
  const photo = await picture('jpeg');
  const tail = Buffer.from('....ftypmp42 SecretFilm');
  expect(Buffer.from(stripMetadata(Buffer.concat([photo, tail]))).toString('latin1')).not.toContain(
    'SecretFilm',
  );
});

test('other files are none of its business', () => {
  const gif = Buffer.from('GIF89a SecretComment');
  expect(stripMetadata(gif)).toBe(gif);
});

test('bytes that fill up before a marker of a JPEG hide nothing', async () => {
  const whole = await picture('jpeg');
  const at = whole.indexOf(Buffer.from([0xff, 0xe1]));
  const filled = Buffer.concat([whole.subarray(0, at), Buffer.from([0xff, 0xff]), whole.subarray(at)]);
  const after = Buffer.from(stripMetadata(filled));
  expect(after.toString('latin1')).not.toContain('Secret');
  expect(await pixels(after)).toEqual(await pixels(whole));
});

test('a WebP no longer says that it has what was taken out', async () => {
  const before = await picture('webp');
  const flags = (bytes: Buffer) => bytes[bytes.indexOf('VP8X') + 8]! & 0b1100;
  expect(flags(before)).not.toBe(0);
  expect(flags(Buffer.from(stripMetadata(before)))).toBe(0);
});
