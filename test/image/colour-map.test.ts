import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import assert from 'node:assert/strict';

import { colourMap, colourMapNames } from '../../src/image/colour-map/colour-map.js';
import {
  colourIndex,
  colourOf,
  rangeScale,
  symmetricScale,
} from '../../src/image/colour-map/colour-scale.js';

/** From matplotlib 3.6, by tools/colour-maps.py. */
const golden = JSON.parse(readFileSync('test/fixtures/image/colour-maps.json', 'utf8')) as {
  sha256: Record<string, string>;
  turbo: { values: number[]; colours: [number, number, number][] };
};

describe('colourMap', () => {
  for (const [name, sha256] of Object.entries(golden.sha256)) {
    it(`${name} is matplotlib's table, bit for bit`, () => {
      assert.equal(createHash('sha256').update(colourMap(name).table).digest('hex'), sha256);
    });
  }

  it('has every map in both directions', () => {
    assert.deepEqual(
      Object.keys(golden.sha256).sort(),
      colourMapNames.flatMap((name) => [name, `${name}_r`]).sort(),
    );
  });

  it('names the nearest maps and all of them where a name is unknown', () => {
    assert.throws(() => colourMap('virdis'), {
      name: 'Problem',
      message: /"virdis": there is none.*did you mean viridis or .*All: .*plasma.*gray/,
    });
    assert.throws(() => colourMap('HOT_R'), /did you mean hot_r/);
    for (const name of ['', 'constructor', '_r', 'hot_r_r']) {
      assert.throws(() => colourMap(name), { name: 'Problem' });
    }
  });
});

describe('colour scales', () => {
  it("choose matplotlib's entry for each value", () => {
    const { values, colours } = golden.turbo;
    assert.deepEqual(
      values.map((value) => colourOf(value, colourMap('turbo'), { minimum: 0, maximum: 1 })),
      colours,
    );
  });

  it('have no colour for NaN, and the lowest on a scale without width', () => {
    assert.equal(colourOf(NaN, colourMap('hot'), { minimum: 0, maximum: 1 }), undefined);
    assert.equal(colourIndex(7, { minimum: 7, maximum: 7 }), 0);
    assert.equal(colourIndex(Infinity, { minimum: 0, maximum: 1 }), 255);
  });

  it('span the finite values, or are symmetric about 0', () => {
    assert.deepEqual(rangeScale([3, NaN, -1, Infinity, 2]), { minimum: -1, maximum: 3 });
    assert.deepEqual(rangeScale([NaN]), { minimum: 0, maximum: 0 });
    assert.deepEqual(symmetricScale([0.5, -2, 1]), { minimum: -2, maximum: 2 });
    assert.equal(colourIndex(0, symmetricScale([0.5, -2, 1])), 128);
  });
});
