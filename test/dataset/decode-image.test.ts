import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { decodeImage } from '../../src/dataset/decode-image.js';
import { Problem } from '../../src/problem.js';

const folder = fileURLToPath(new URL('../../../test/fixtures/dataset/', import.meta.url));
const file = (name: string): string => join(folder, 'images', name);
const decoded = JSON.parse(readFileSync(join(folder, 'decoded.json'), 'utf8')) as Record<
  string,
  { width: number; height: number; sha256: string }
>;
const sha256 = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');

async function problemOf(source: string | Uint8Array): Promise<string> {
  try {
    await decodeImage(source, typeof source === 'string' ? {} : { name: 'x' });
  } catch (error) {
    assert.ok(error instanceof Problem, String(error));
    assert.ok(!error.message.includes('\n'), 'one line');
    return error.message;
  }
  return assert.fail('it was decoded');
}

describe('decodeImage gives the samples of OpenCV', () => {
  for (const [name, expected] of Object.entries(decoded)) {
    it(name, async () => {
      const { image } = await decodeImage(file(name));
      assert.deepEqual([image.width, image.height, image.channels], [expected.width, expected.height, 3]);
      assert.equal(sha256(image.data), expected.sha256);
    });
  }

  it('and takes the first image of an animation, where OpenCV 4.6 reads none', async () => {
    for (const name of ['animated.webp', 'animated.gif']) {
      const { image, notes } = await decodeImage(file(name));
      assert.deepEqual([image.width, image.height], [29, 18]);
      assert.deepEqual(notes, ['the first of 2 images in the file was taken']);
    }
    const { image } = await decodeImage(file('animated.webp'));
    assert.equal(sha256(image.data), decoded['rgb.png'].sha256);
  });
});

describe('decodeImage tells what changed the samples', () => {
  const notes: Record<string, RegExp | undefined> = {
    'rgb.jpg': undefined,
    'gray.png': undefined,
    'exif1.jpg': undefined,
    'exif6.jpg': /EXIF orientation 6/,
    'cmyk.jpg': /CMYK/,
    '16bit.png': /16 bits to 8/,
    'gray16bit.png': /16 bits to 8/,
    'rgba.png': /alpha channel was dropped/,
    'gray-alpha.png': /alpha channel was dropped/,
    'pages.tif': /first of 2/,
    'animated.png': /first image of an animation/,
  };
  for (const [name, note] of Object.entries(notes)) {
    it(name, async () => {
      const found = (await decodeImage(file(name))).notes;
      if (note === undefined) assert.deepEqual(found, []);
      else assert.match(found.join('; '), note);
    });
  }

  it('takes the format from the content, not from the name', async () => {
    const { format, image } = await decodeImage(readFileSync(file('rgb.png')), { name: 'a.jpg' });
    assert.equal(format, 'png');
    assert.equal(sha256(image.data), decoded['rgb.png'].sha256);
  });
});

describe('decodeImage refuses in one line', () => {
  const cutOff = ['rgb.jpg', 'progressive.jpg', 'rgb.png', 'rgb.bmp', 'lzw.tif', 'rgb.webp', 'rgb.bmp'];
  for (const name of cutOff) {
    for (const share of [0.95, 0.6, 0.1]) {
      it(`${name} cut to ${share * 100} %`, async () => {
        const bytes = readFileSync(file(name));
        const message = await problemOf(bytes.subarray(0, Math.floor(bytes.length * share)));
        assert.match(message, /^x: is (cut off|damaged).*\(copy or export it again\)$/);
      });
    }
  }

  it('an empty file', async () => {
    assert.match(await problemOf(new Uint8Array()), /^x: is an empty file \(0 bytes\)/);
  });

  it('text', async () => {
    assert.match(
      await problemOf(Buffer.from('hello, this is text\n')),
      /is not an image: .*"hello, this is text"/,
    );
  });

  it('an SVG drawing, which libvips would read', async () => {
    assert.match(
      await problemOf(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')),
      /is not an image/,
    );
  });

  it('zeros, and other bytes that mean nothing', async () => {
    assert.match(await problemOf(new Uint8Array(1000)), /not in a known image format/);
  });

  it('HEIF, with what to do', async () => {
    assert.match(await problemOf(Buffer.from('\0\0\0\x1cftypheic\0\0\0\0mif1heic')), /HEIF.*convert it/);
  });

  it('floating-point samples', async () => {
    assert.match(await problemOf(file('float.tif')), /floating-point samples/);
  });

  it('an image of 12000 x 12000, before decoding it', async () => {
    assert.match(await problemOf(file('12000x12000.png')), /has 12000 x 12000 pixels; at most 64 million/);
  });

  it('but decodes it where the limit is raised', async () => {
    const { image } = await decodeImage(file('12000x12000.png'), { maxPixels: 144e6 });
    assert.equal(image.data.length, 12000 * 12000 * 3);
  });

  it('a missing file and a folder', async () => {
    const temporary = mkdtempSync(join(tmpdir(), 'faceprobe-'));
    try {
      assert.match(await problemOf(join(temporary, 'none.jpg')), /none\.jpg: does not exist/);
      assert.match(await problemOf(temporary), /is a folder, not a file/);
    } finally {
      rmSync(temporary, { recursive: true });
    }
  });

  it('JPEG data whose middle is damaged, so that part of the picture would be invented', async () => {
    const bytes = readFileSync(file('rgb.jpg'));
    const scan = bytes.indexOf(Buffer.from([0xff, 0xda])) + 14;
    const damaged = Buffer.concat([bytes.subarray(0, scan + 20), Buffer.from([0xff, 0xd9])]);
    assert.match(await problemOf(damaged), /cut off|cannot be decoded/);
  });
});

describe('decodeImage', () => {
  it('reads files whose names have spaces, quotes, emoji and dots', async () => {
    const temporary = mkdtempSync(join(tmpdir(), 'faceprobe-'));
    try {
      for (const name of ['a b.png', `it's "q".png`, '😀.png', 'x..y.png', '-n.png', '%20#?.png']) {
        writeFileSync(join(temporary, name), readFileSync(file('rgb.png')));
        const { image } = await decodeImage(join(temporary, name));
        assert.equal(sha256(image.data), decoded['rgb.png'].sha256, name);
      }
    } finally {
      rmSync(temporary, { recursive: true });
    }
  });

  it('tells of stray bytes inside a JPEG, but reads it', async () => {
    const bytes = readFileSync(file('rgb.jpg'));
    const tables = bytes.indexOf(Buffer.from([0xff, 0xc4]));
    const stray = Buffer.concat([bytes.subarray(0, tables), Buffer.from([1, 2, 3]), bytes.subarray(tables)]);
    const { image, notes } = await decodeImage(stray);
    assert.equal(sha256(image.data), decoded['rgb.jpg'].sha256);
    assert.match(notes.join(), /decoder warned: .*extraneous/);
  });
});
