import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultTarget, parseTarget } from '../../src/explain/parse-target.js';
import type { CardOutput } from '../../src/model/card.js';
import { Problem } from '../../src/problem.js';
import { linearModel } from './linear-model.js';

const card = (output: CardOutput, bonaFide?: string) =>
  linearModel([], { width: 1, height: 1 }, output, bonaFide === undefined ? {} : { bonaFide }).card;

const pad = card({ kind: 'logits', classes: ['live', 'spoof'] }, 'live');
const emotion = card({ kind: 'probabilities', classes: ['glad', 'sad'] });
const embedder = card({ kind: 'embedding', normalised: true });
const age = card({ kind: 'regression', quantity: 'age', unit: 'years' });

describe('parseTarget', () => {
  it('reads classes, bona fide, logits, similarity and quantities', () => {
    assert.deepEqual(parseTarget('spoof', pad), { kind: 'class', class: 'spoof', of: 'probability' });
    assert.deepEqual(parseTarget('logit:live', pad), { kind: 'class', class: 'live', of: 'logit' });
    assert.deepEqual(parseTarget('logit:bona-fide', pad), { kind: 'bona-fide', of: 'logit' });
    assert.deepEqual(parseTarget('self-similarity', embedder), { kind: 'self-similarity' });
    assert.deepEqual(parseTarget('age', age), { kind: 'quantity', quantity: 'age' });
  });

  it('prefers what it is told to, where the model has it', () => {
    const softmax = { y: { kind: 'softmax', logits: 'scores' } } as const;
    const logit = { preferred: 'logit', activations: softmax } as const;
    assert.deepEqual(parseTarget('glad', emotion, logit), { kind: 'class', class: 'glad', of: 'logit' });
    assert.deepEqual(parseTarget('probability:glad', emotion, logit), {
      kind: 'class',
      class: 'glad',
      of: 'probability',
    });
    assert.deepEqual(parseTarget('logit:glad', emotion, { activations: softmax }), {
      kind: 'class',
      class: 'glad',
      of: 'logit',
    });
    assert.deepEqual(parseTarget('bona-fide', pad, { preferred: 'logit' }), {
      kind: 'bona-fide',
      of: 'logit',
    });
    // The graph of these probabilities has no logits.
    assert.deepEqual(parseTarget('glad', emotion, { preferred: 'logit' }), {
      kind: 'class',
      class: 'glad',
      of: 'probability',
    });
    assert.deepEqual(defaultTarget(pad, undefined, { preferred: 'logit' }), {
      kind: 'bona-fide',
      of: 'logit',
    });
  });

  it('refuses what the model does not have', () => {
    assert.throws(() => parseTarget('morph', pad), /its classes are live, spoof/);
    assert.throws(() => parseTarget('logit:glad', emotion), Problem);
    assert.throws(() => parseTarget('self-similarity', pad), Problem);
    assert.throws(() => parseTarget('bona-fide', emotion), Problem);
  });
});

describe('defaultTarget', () => {
  it('is what the model is for', () => {
    const reference = Float32Array.of(1);
    assert.deepEqual(defaultTarget(pad), { kind: 'bona-fide', of: 'probability' });
    assert.deepEqual(defaultTarget(embedder), { kind: 'self-similarity' });
    assert.deepEqual(defaultTarget(embedder, reference), { kind: 'similarity', reference });
    assert.deepEqual(defaultTarget(age), { kind: 'quantity', quantity: 'age' });
  });

  it('leaves a choice between classes to the user', () => {
    assert.throws(() => defaultTarget(emotion), /--target: glad, sad/);
  });
});
