import assert from 'node:assert/strict';
import { it } from 'node:test';
import { rowOfPath } from '../../../src/dataset/labels/row-of-path.js';

it('finds the row with the longest ending of a path, in whole names, with either slash', () => {
  const byKey = new Map(['a.png', 'x/a.png', 'b.png'].map((key) => [key, { is: key }]));
  const keyOf = (path: string) => rowOfPath({ byKey }, path)?.key;
  assert.deepEqual(rowOfPath({ byKey }, '/data/x/a.png'), { key: 'x/a.png', labels: { is: 'x/a.png' } });
  assert.equal(keyOf('C:\\data\\x\\a.png'), 'x/a.png');
  assert.equal(keyOf('/data/y/a.png'), 'a.png');
  assert.equal(keyOf('a.png'), 'a.png');
  assert.equal(keyOf('bb.png'), undefined);
  assert.equal(keyOf('/data/a.png/c'), undefined);
});
