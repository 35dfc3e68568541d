import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pixmapsOf } from '../../../src/dataset/video/pixmap-stream.js';

const first = Uint8Array.from({ length: 18 }, (_, i) => i);
const second = Uint8Array.from({ length: 6 }, (_, i) => 100 + i);
const stream = Buffer.concat([Buffer.from('P6\n3 2\n255\n'), first, Buffer.from('P6\n1 2\n255\n'), second]);

async function read(bytes: Uint8Array, chunk: number) {
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, at) =>
    bytes.subarray(at * chunk, (at + 1) * chunk),
  );
  async function* source() {
    for (const part of chunks) yield await Promise.resolve(part);
  }
  const images = [];
  for await (const image of pixmapsOf(source())) images.push(image);
  return images;
}

describe('pixmapsOf', () => {
  it('cuts the stream wherever the chunks end', async () => {
    for (const chunk of [1, 2, 7, 11, 13, 1000]) {
      const images = await read(stream, chunk);
      assert.deepEqual(
        images.map(({ width, height, data }) => [width, height, [...data]]),
        [
          [3, 2, [...first]],
          [1, 2, [...second]],
        ],
      );
    }
  });

  it('refuses a stream that ends inside a frame, and what is no pixmap', async () => {
    await assert.rejects(read(stream.subarray(0, stream.length - 1), 5), /ends inside a frame/);
    await assert.rejects(read(stream.subarray(0, 4), 5), /ends inside a frame/);
    await assert.rejects(read(Buffer.alloc(60, 65), 60), /no pixmap/);
  });

  it('gives nothing for nothing', async () => {
    assert.deepEqual(await read(new Uint8Array(0), 1), []);
  });
});
