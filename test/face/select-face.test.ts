import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Face } from '../../src/face/face.js';
import { selectFace } from '../../src/face/select-face.js';

const face = (side: number, score: number): Face => ({
  box: { x: 0, y: 0, width: side, height: side },
  score,
});
const faces = [face(10, 0.8), face(30, 0.9), face(20, 0.99), face(30, 0.95)];

describe('selectFace', () => {
  it('takes the first, the largest (the default) or the surest, the earlier of equals', () => {
    assert.equal(selectFace(faces, 'first'), faces[0]);
    assert.equal(selectFace(faces, 'largest'), faces[1]);
    assert.equal(selectFace(faces), faces[1]);
    assert.equal(selectFace(faces, 'confident'), faces[2]);
  });

  it('finds none in an empty list', () => {
    assert.equal(selectFace([]), undefined);
  });
});
