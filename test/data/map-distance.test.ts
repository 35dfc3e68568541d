import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { mapDistance } from '../../src/measure/agreement/map-distance.js';
import { decodeNpy } from '../../src/tensor/npy.js';

const data = process.env.FACEPROBE_DATA ?? '';

describe('mapDistance on real maps', { skip: data === '' && 'FACEPROBE_DATA is not set' }, () => {
  it('has the distances of the reference to 1e-9', () => {
    const golden = JSON.parse(
      readFileSync(join(data, 'golden', 'measures', 'map_distance.json'), 'utf8'),
    ) as {
      maps: string[];
      distance: number[][];
    };
    const maps = golden.maps.map((file) =>
      Float64Array.from(decodeNpy(readFileSync(join(data, 'golden', file))).data, Number),
    );
    assert.equal(maps.length, 8);
    golden.distance.forEach((row, one) => {
      row.forEach((expected, other) => {
        assert.ok(Math.abs(mapDistance(maps[one], maps[other]) - expected) < 1e-9);
      });
    });
  });
});
