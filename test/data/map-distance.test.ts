import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { distanceMatrix } from '../../src/measure/clustering/distance-matrix.js';
import { linkage } from '../../src/measure/clustering/linkage.js';
import { mapDistance } from '../../src/measure/agreement/map-distance.js';
import { decodeNpy } from '../../src/tensor/npy.js';

const data = process.env.FACEPROBE_DATA ?? '';

describe('mapDistance on real maps', { skip: data === '' && 'FACEPROBE_DATA is not set' }, () => {
  interface Golden {
    maps: string[];
    distance: number[][];
    ward_linkage: number[][];
    average_linkage: number[][];
  }
  const read = (): { golden: Golden; distances: Float64Array[] } => {
    const file = join(data, 'golden', 'measures', 'map_distance.json');
    const golden = JSON.parse(readFileSync(file, 'utf8')) as Golden;
    assert.equal(golden.maps.length, 8);
    const maps = golden.maps.map((map) =>
      Float64Array.from(decodeNpy(readFileSync(join(data, 'golden', map))).data, Number),
    );
    return { golden, distances: distanceMatrix(maps, mapDistance) };
  };

  it('has the distances of the reference to 1e-9', () => {
    const { golden, distances } = read();
    golden.distance.forEach((row, one) => {
      row.forEach((expected, other) => assert.ok(Math.abs(distances[one][other] - expected) < 1e-9));
    });
  });

  it('leads to the trees of the reference', () => {
    const { golden, distances } = read();
    for (const method of ['average', 'ward'] as const) {
      const merges = linkage(distances, method);
      assert.equal(merges.length, 7);
      golden[`${method}_linkage`].forEach(([first, second, distance, size], i) => {
        const merge = merges[i];
        assert.deepEqual([merge.first, merge.second, merge.size], [first, second, size]);
        assert.ok(Math.abs(merge.distance - distance) < 1e-9);
      });
    }
  });
});
