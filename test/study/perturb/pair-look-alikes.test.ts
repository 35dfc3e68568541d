import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Candidate, pairLookAlikes } from '../../../src/study/perturb/morph/pair-look-alikes.js';

/** A photograph whose embedding lies at an angle, so that a cosine is that of the difference of two angles. */
function at(image: string, degrees: number, group = 'all', identity = image.slice(0, 1)): Candidate {
  const angle = (degrees * Math.PI) / 180;
  return { image, identity, group, embedding: Float32Array.of(Math.cos(angle), Math.sin(angle)) };
}

const names = (...parameters: Parameters<typeof pairLookAlikes>) =>
  pairLookAlikes(...parameters).map(({ a, b }) => `${a.image}-${b.image}`);

describe('pairLookAlikes', () => {
  const faces = [at('a1', 0), at('b1', 10), at('c1', 25), at('d1', 90)];

  it('takes the likeliest first, each photograph as often as allowed', () => {
    assert.deepEqual(names(faces, 1, Infinity), ['a1-b1', 'c1-d1']);
    assert.deepEqual(names(faces, 2, Infinity), ['a1-b1', 'b1-c1', 'a1-c1']);
    assert.deepEqual(names(faces, 3, 2), ['a1-b1', 'b1-c1']);
  });

  it('gives the cosine of each pair', () => {
    const [{ cosine }] = pairLookAlikes(faces, 1, 1);
    assert.ok(Math.abs(cosine - Math.cos(Math.PI / 18)) < 1e-6);
  });

  it('pairs no one with themselves, two persons once, and only within a group', () => {
    const several = [at('a1', 0), at('a2', 1), at('b1', 2), at('b2', 3), at('c1', 4, 'other')];
    assert.deepEqual(names(several, 5, Infinity), ['a2-b1']);
  });

  it('does not depend on the order of the photographs', () => {
    assert.deepEqual(names([...faces].reverse(), 2, Infinity), names(faces, 2, Infinity));
  });
});
