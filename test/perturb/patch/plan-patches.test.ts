import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { planPatches } from '../../../src/perturb/patch/plan-patches.js';
import { Problem } from '../../../src/problem.js';

const crop = { width: 112, height: 112 };
const donors = ['a1', 'a2', 'b1', 'c1', 'x'].map((file) => ({
  file,
  identity: file === 'x' ? undefined : file[0],
}));
const genuine = { a: 'a1', b: 'a2', genuine: true };

describe('planPatches', () => {
  it('takes the patches of a genuine pair from every other known person, never from the same or an unknown', () => {
    const chosen = Array.from({ length: 60 }, (_, index) => planPatches(genuine, index, crop, donors).donor);
    assert.deepEqual([...new Set(chosen)].sort(), ['b1', 'c1']);
  });

  it('takes those of an impostor pair from its second image, whoever it shows', () => {
    assert.equal(planPatches({ a: 'a1', b: 'x', genuine: false }, 0, crop, []).donor, 'x');
  });

  it('depends on seed and position alone', () => {
    const plan = planPatches(genuine, 5, crop, donors);
    assert.equal(plan.patches.length, 27);
    assert.deepEqual(planPatches(genuine, 5, crop, donors), plan);
    assert.notDeepEqual(planPatches(genuine, 6, crop, donors).patches, plan.patches);
    assert.notDeepEqual(planPatches(genuine, 5, crop, donors, { seed: 4 }).patches, plan.patches);
    const impostor = { a: 'a1', b: 'b1', genuine: false };
    assert.deepEqual(planPatches(impostor, 5, crop, donors).patches, plan.patches);
  });

  it('refuses a genuine pair without a donor', () => {
    assert.throws(
      () => planPatches({ ...genuine, a: 'x' }, 0, crop, donors),
      /not known whom the image shows/,
    );
    assert.throws(() => planPatches(genuine, 0, crop, donors.slice(0, 2)), Problem);
  });
});
