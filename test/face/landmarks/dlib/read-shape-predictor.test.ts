import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readShapePredictor } from '../../../../src/face/landmarks/dlib/read-shape-predictor.js';
import type { ShapePredictor } from '../../../../src/face/landmarks/dlib/shape-predictor.js';
import { Problem } from '../../../../src/problem.js';
import { serialise, smallPredictor } from './serialise.js';

function plain(field: number | Float32Array | Uint16Array): number | number[] {
  return typeof field === 'number' ? field : [...field];
}

describe('readShapePredictor', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'faceprobe-'))));
  after(() => rmSync(folder, { recursive: true }));

  function write(bytes: Uint8Array): string {
    const path = join(folder, 'predictor.dat');
    writeFileSync(path, bytes);
    return path;
  }

  it('gives back every number of a predictor bit by bit', async () => {
    const written = smallPredictor();
    written.threshold.set([0, -1e-30, 3e38, -Infinity, Infinity, NaN, 1 / 3, -255]);
    const read = await readShapePredictor(write(serialise(written)));
    for (const key of Object.keys(written) as (keyof ShapePredictor)[]) {
      assert.deepEqual(plain(read[key]), plain(written[key]), key);
    }
  });

  it('keeps its arrays in shared memory', async () => {
    const read = await readShapePredictor(write(serialise(smallPredictor())));
    assert.ok(read.leaves.buffer instanceof SharedArrayBuffer);
    assert.ok(read.first.buffer instanceof SharedArrayBuffer);
  });

  it('refuses a file that is cut short anywhere', async () => {
    const bytes = serialise(smallPredictor());
    for (let length = 0; length < bytes.length; length += 7) {
      await assert.rejects(readShapePredictor(write(bytes.subarray(0, length))), Problem, `${length} bytes`);
    }
  });

  it('refuses a file that goes on after its end', async () => {
    const bytes = serialise(smallPredictor());
    await assert.rejects(readShapePredictor(write(Uint8Array.of(...bytes, 0))), /goes on after its end/);
  });

  it('refuses something else, naming the file and the remedy', async () => {
    const path = write(new TextEncoder().encode('BZh91AY&SY not a predictor'));
    await assert.rejects(readShapePredictor(path), (error: unknown) => {
      assert.ok(error instanceof Problem);
      assert.equal(error.what, path);
      assert.match(error.message, /fetch it again/);
      return true;
    });
  });

  it('never fails otherwise than with a Problem on a file with one damaged byte', async () => {
    const bytes = serialise(smallPredictor());
    for (let at = 0; at < bytes.length; at += 3) {
      const damaged = Uint8Array.from(bytes);
      damaged[at] = damaged[at] ^ 0xa5;
      await readShapePredictor(write(damaged)).catch((error: unknown) => assert.ok(error instanceof Problem));
    }
  });

  it('says which file is missing', async () => {
    await assert.rejects(
      readShapePredictor(join(folder, 'none.dat')),
      /none\.dat: cannot be opened \(ENOENT\)/,
    );
  });
});
