import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { arcfaceTemplate } from '../../src/face/arcface-template.js';

describe('arcfaceTemplate', () => {
  it('is InsightFace’s at 112, with the subject’s right eye on the left', () => {
    assert.deepEqual(arcfaceTemplate(112, 112).rightEye, [38.2946, 51.6963]);
    assert.deepEqual(arcfaceTemplate(112, 112).mouthLeft, [70.7299, 92.2041]);
  });

  it('doubles at 224', () => {
    assert.deepEqual(arcfaceTemplate(224, 224).nose, [2 * 56.0252, 2 * 71.7366]);
  });

  it('moves 8 columns to the right at 128 and 16 at 256', () => {
    assert.deepEqual(arcfaceTemplate(128, 128).rightEye, [38.2946 + 8, 51.6963]);
    const [x, y] = arcfaceTemplate(256, 256).rightEye;
    assert.ok(Math.abs(x - (2 * 38.2946 + 16)) < 1e-12);
    assert.equal(y, 2 * 51.6963);
  });

  it('is the older template, 8 columns to the left, at 96x112', () => {
    const [x, y] = arcfaceTemplate(96, 112).rightEye;
    assert.ok(Math.abs(x - 30.2946) < 1e-12);
    assert.equal(y, 51.6963);
  });
});
