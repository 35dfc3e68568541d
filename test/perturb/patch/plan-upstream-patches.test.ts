import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { patchMask } from '../../../src/perturb/patch/patch-mask.js';
import {
  planUpstreamPatches,
  type UpstreamPatchPair,
} from '../../../src/perturb/patch/plan-upstream-patches.js';

interface GoldenPair {
  readonly columns: readonly number[];
  readonly rows: readonly number[];
  readonly covered_pixels: number;
  readonly donor_index_in_candidate_list: number;
  readonly candidate_list_length: number;
}

const golden = JSON.parse(
  readFileSync(new URL('../../../../test/fixtures/perturb/patch/coordinates.json', import.meta.url), 'utf8'),
) as { impostor_pairs: GoldenPair[]; genuine_pairs: GoldenPair[] };

const crop = { width: 112, height: 112 };
const fileOf = (image: number): string => `${String(image).padStart(5, '0')}.jpg`;

/** 6,000 pairs as in LFW: blocks of 5 genuine and 5 impostor pairs; persons with ten images in the genuine ones. */
const pairs = Array.from({ length: 6000 }, (_, pair): UpstreamPatchPair => {
  const genuine = pair % 10 < 5;
  const block = Math.floor(pair / 10);
  const identityA = genuine ? `g${block}` : `a${pair}`;
  return {
    a: fileOf(2 * pair),
    b: fileOf(2 * pair + 1),
    genuine,
    identityA,
    identityB: genuine ? identityA : `b${pair}`,
  };
});
const files = Array.from({ length: 12000 }, (_, image) => fileOf(image));

describe('planUpstreamPatches', () => {
  const plans = planUpstreamPatches(pairs, crop, files);

  for (const [kind, expected] of [
    ['impostor', golden.impostor_pairs],
    ['genuine', golden.genuine_pairs],
  ] as const) {
    it(`draws the places of PatchLFW for the first ${kind} pairs`, () => {
      const own = plans.filter((_, pair) => pairs[pair].genuine === (kind === 'genuine'));
      assert.equal(expected.length, 3);
      expected.forEach(({ columns, rows, covered_pixels }, pair) => {
        const { patches } = own[pair];
        assert.deepEqual(
          patches.map(({ x }) => x),
          columns,
        );
        assert.deepEqual(
          patches.map(({ y }) => y + 16),
          rows,
        );
        const mask = patchMask(patches, 112, 112);
        assert.equal(
          mask.reduce((sum, inside) => sum + inside, 0),
          covered_pixels,
        );
      });
    });
  }

  it('takes the second image for impostors and the drawn candidate of another person for genuine pairs', () => {
    assert.equal(plans[5].donor, pairs[5].b);
    golden.genuine_pairs.forEach(
      ({ donor_index_in_candidate_list: index, candidate_list_length: length }, pair) => {
        assert.equal(length, 11990);
        // The first ten images show the person of the first five pairs, so the candidates start at image 10.
        assert.equal(plans[pair].donor, fileOf(index + 10));
      },
    );
  });

  it('says where a donor was patched before', () => {
    const reused = plans.findIndex(({ donorPatchedBy }) => donorPatchedBy !== undefined);
    assert.ok(reused > 0);
    const by = plans[reused].donorPatchedBy!;
    assert.ok(by < reused && pairs[by].genuine);
    assert.equal(plans[reused].donor, pairs[by].a);
    plans.forEach(({ donor, donorPatchedBy }, pair) => {
      const position = files.indexOf(donor);
      const early = position % 2 === 0 && position / 2 < pair && pairs[position / 2].genuine;
      if (pair < 500 && pairs[pair].genuine) assert.equal(donorPatchedBy !== undefined, early);
    });
  });

  it('leaves out positions, not names: with names in another order a person can be its own donor', () => {
    const few = pairs.slice(0, 10);
    const reversed = files.slice(0, 20).reverse();
    const donors = Array.from(
      { length: 40 },
      (_, seed) => planUpstreamPatches(few, crop, reversed, { seed })[0].donor,
    );
    assert.ok(donors.some((donor) => files.indexOf(donor) < 10));
    const sorted = Array.from(
      { length: 40 },
      (_, seed) => planUpstreamPatches(few, crop, files.slice(0, 20), { seed })[0].donor,
    );
    assert.ok(sorted.every((donor) => files.indexOf(donor) >= 10));
  });
});
