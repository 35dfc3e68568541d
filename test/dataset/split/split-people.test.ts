import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { splitPeople } from '../../../src/dataset/split/split-people.js';

const people = Array.from({ length: 20 }, (_, at) => `p${at}`);
const shares = { train: 0.7, val: 0.1, test: 0.2 };

describe('splitPeople', () => {
  it('gives every person one part, in the shares', () => {
    const parts = [...splitPeople(people, shares, 3).values()];
    const count = (name: string) => parts.filter((part) => part === name).length;
    assert.deepEqual([count('train'), count('val'), count('test')], [14, 2, 4]);
  });

  it('depends on the seed, not on the order or on repeated names', () => {
    const parts = splitPeople(people, shares, 3);
    assert.deepEqual(new Map(splitPeople([...people, ...people].reverse(), shares, 3)), new Map(parts));
    assert.notDeepEqual(new Map(splitPeople(people, shares, 4)), new Map(parts));
  });

  it('loses nobody where there are few, or a share is 0', () => {
    for (let count = 1; count < 12; count++) {
      assert.equal(splitPeople(people.slice(0, count), shares, 1).size, count);
      const none = splitPeople(people.slice(0, count), { train: 0.5, val: 0, test: 0.5 }, 1);
      assert.ok(![...none.values()].includes('val'));
    }
  });

  it('refuses shares that do not add up', () => {
    assert.throws(() => splitPeople(people, { train: 0.5, val: 0.1, test: 0.2 }, 0), /do not add up to 1/);
    assert.throws(() => splitPeople(people, { train: 1.2, val: -0.4, test: 0.2 }, 0), /do not add up to 1/);
  });
});
