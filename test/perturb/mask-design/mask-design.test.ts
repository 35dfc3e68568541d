import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { maskDesigns, type MaskDesignName } from '../../../src/perturb/mask-design/mask-design.js';
import { MaskSamples } from '../../../src/perturb/mask-design/mask-samples.js';
import { decodeNpy } from '../../../src/tensor/npy.js';
import { RandomState } from '../../../src/tensor/random.js';

const names = Object.keys(maskDesigns) as MaskDesignName[];

describe('designs of masks', () => {
  for (const name of names) {
    it(`${name}: a single mask is as likely as any other`, () => {
      const segments = 3;
      const random = new RandomState(1);
      const { draw, block } = maskDesigns[name];
      const size = block(segments);
      const blocks = Math.ceil(4000 / size);
      // Whatever its place in the block.
      const counts = Array.from({ length: size }, () => new Array<number>(8).fill(0));
      for (let i = 0; i < blocks; i++) {
        const masks = draw(random, segments);
        assert.equal(masks.length, size * segments);
        for (let place = 0; place < size; place++) {
          const [a, b, c] = masks.subarray(place * segments);
          counts[place][4 * a + 2 * b + c]++;
        }
      }
      for (const count of counts.flat()) {
        const expected = blocks / 8;
        assert.ok(Math.abs(count - expected) < 4.5 * Math.sqrt(expected), `${count} of ${blocks}`);
      }
    });

    it(`${name}: masks do not depend on the steps they are asked for in`, () => {
      const steps = new MaskSamples(new RandomState(5), name, 6);
      for (const count of [1, 2, 7, 40]) steps.first(count);
      assert.deepEqual(steps.first(100), new MaskSamples(new RandomState(5), name, 6).first(100));
      assert.deepEqual(steps.first(1), new Uint8Array(6).fill(1));
    });
  }

  it('independent: the samples of Python’s lime', () => {
    const { data } = decodeNpy(readFileSync('test/fixtures/perturb/mask-design/lime-samples.npy'));
    const random = new RandomState(0);
    random.integer(0, 1000);
    assert.deepEqual([...new MaskSamples(random, 'independent', 28).first(1000)], [...data]);
  });

  it('paired: each mask is followed by its complement', () => {
    const masks = maskDesigns.paired.draw(new RandomState(3), 9);
    for (let at = 0; at < 9; at++) assert.equal(masks[at] + masks[9 + at], 1);
  });

  it('balanced: any three segments go together equally often in all ways', () => {
    for (const segments of [2, 7, 8, 20]) {
      const masks = maskDesigns.balanced.draw(new RandomState(segments), segments);
      const size = masks.length / segments;
      for (let a = 0; a < segments; a++) {
        for (let b = a + 1; b < segments; b++) {
          for (let c = b + 1; c < segments; c++) {
            const counts = new Array<number>(8).fill(0);
            for (let row = 0; row < masks.length; row += segments) {
              counts[4 * masks[row + a] + 2 * masks[row + b] + masks[row + c]]++;
            }
            assert.deepEqual(counts, new Array<number>(8).fill(size / 8));
          }
        }
      }
    }
  });
});
