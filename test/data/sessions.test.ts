import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openWorkerSession } from '../../src/model/worker-session.js';

const data = process.env.FACEPROBE_DATA;

/** 33 rows of pixels in 0..1 by a linear congruential generator. */
function pixels(size: number): Float32Array {
  let state = 1;
  return Float32Array.from({ length: 33 * size }, () => (state = (state * 48271) % 2147483647) / 2147483647);
}

describe(
  'a worker session on real networks',
  { skip: data === undefined && 'FACEPROBE_DATA is not set' },
  () => {
    const networks = [
      { file: 'minifas128/minifas128.onnx', batch: 'free', side: 128 },
      { file: 'mobilefacenet/MobileFaceNet.onnx', batch: 'fixed at 1', side: 112 },
    ];
    for (const { file, batch, side } of networks) {
      // ONNX Runtime may choose other kernels for other batch lengths: float32 rounding, relative to the largest output.
      it(`${file} (batch ${batch}) gives the same rows at batch 1, 3, 16 and 33 and on 1 or 2 threads, to 1e-5`, async () => {
        const model = await readFile(join(data!, 'models', file));
        const size = 3 * side * side;
        const images = pixels(size);
        const results: Float32Array[] = [];
        for (const threads of [1, 2]) {
          const session = await openWorkerSession(model, file, threads);
          const [{ name }] = session.inputs;
          const [{ name: output }] = session.outputs;
          for (const length of threads === 1 ? [1, 33] : [3, 16]) {
            const starts = Array.from({ length: Math.ceil(33 / length) }, (_, index) => index * length);
            const parts = await Promise.all(
              starts.map(async (start) => {
                const rows = Math.min(length, 33 - start);
                const feed = {
                  data: images.subarray(start * size, (start + rows) * size),
                  shape: [rows, 3, side, side],
                };
                const result = (await session.run({ [name]: feed }))[output];
                assert.equal(result.shape[0], rows);
                return [...result.data];
              }),
            );
            results.push(Float32Array.from(parts.flat()));
          }
          await session.close();
        }
        const largest = results[0].reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        for (const other of results.slice(1)) {
          assert.equal(other.length, results[0].length);
          other.forEach((value, at) => assert.ok(Math.abs(value - results[0][at]) <= 1e-5 * largest));
        }
      });
    }
  },
);
