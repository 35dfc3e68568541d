import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Card } from '../../../src/model/card.js';
import { bonaFideScore } from '../../../src/model/outputs/bona-fide-score.js';
import { classScores } from '../../../src/model/outputs/class-scores.js';
import { embedding } from '../../../src/model/outputs/embedding.js';
import { Problem } from '../../../src/problem.js';
import { padCard } from '../cards.js';

const tensor = (rows: number[][]) => ({
  data: Float32Array.from(rows.flat()),
  shape: [rows.length, rows[0].length],
});
const close = (actual: number | undefined, expected: number) =>
  assert.ok(actual !== undefined && Math.abs(actual - expected) < 1e-7, `${actual} is not ${expected}`);

describe('classScores', () => {
  it('applies softmax to logits and finds every class by its name', () => {
    const outputs = {
      logits: tensor([
        [9, 9],
        [1, 3],
      ]),
    };
    const scores = classScores(padCard, outputs, 1);
    close(scores.spoof, 1 / (1 + Math.exp(2)));
    close(scores.live, 1 / (1 + Math.exp(-2)));
  });

  it('leaves probabilities as they are', () => {
    const card: Card = { ...padCard, outputs: { p: { kind: 'probabilities', classes: ['spoof', 'live'] } } };
    close(classScores(card, { p: tensor([[0.25, 0.75]]) }, 0).live, 0.75);
  });

  it('refuses probabilities that do not add up to 1: softmax was forgotten', () => {
    const card: Card = { ...padCard, outputs: { p: { kind: 'probabilities', classes: ['spoof', 'live'] } } };
    assert.throws(() => classScores(card, { p: tensor([[1, 3]]) }, 0), /kind "logits"/);
    assert.throws(() => classScores(card, { p: tensor([[-1, 2]]) }, 0), /kind "logits"/);
  });

  it('splits one probability between its class and the other', () => {
    const card: Card = { ...padCard, outputs: { p: { kind: 'probability', class: 'mask', other: 'live' } } };
    const scores = classScores(card, { p: tensor([[0.125]]) }, 0);
    assert.deepEqual(scores, { mask: 0.125, live: 0.875 });
    assert.throws(() => classScores(card, { p: tensor([[1.5]]) }, 0), Problem);
  });

  it('refuses NaN and infinity, and names model and output', () => {
    for (const bad of [NaN, Infinity]) {
      assert.throws(
        () => classScores(padCard, { logits: tensor([[bad, 0]]) }, 0),
        /test-pad: the output "logits"/,
      );
    }
  });

  it('refuses another number of values than classes', () => {
    assert.throws(() => classScores(padCard, { logits: tensor([[1, 2, 3]]) }, 0), /3 values.*2 classes/);
  });
});

describe('bonaFideScore', () => {
  it('is the probability of the class that the card names, wherever it stands', () => {
    const outputs = { logits: tensor([[1, 3]]) };
    close(bonaFideScore(padCard, outputs, 0), 1 / (1 + Math.exp(-2)));
    const swapped: Card = { ...padCard, outputs: { logits: { kind: 'logits', classes: ['live', 'spoof'] } } };
    close(bonaFideScore(swapped, outputs, 0), 1 / (1 + Math.exp(2)));
  });
});

describe('embedding', () => {
  const card: Card = {
    ...padCard,
    task: 'verification',
    outputs: { feature: { kind: 'embedding', normalised: false } },
  };

  it('has length 1 and leaves the output alone', () => {
    const outputs = {
      feature: tensor([
        [0, 0],
        [3, 4],
      ]),
    };
    assert.deepEqual(embedding(card, outputs, 1), Float32Array.of(0.6, 0.8));
    assert.deepEqual(outputs.feature.data, Float32Array.of(0, 0, 3, 4));
  });

  it('refuses a zero vector and a card without embedding', () => {
    assert.throws(() => embedding(card, { feature: tensor([[0, 0]]) }, 0), Problem);
    assert.throws(() => embedding(padCard, { logits: tensor([[1, 3]]) }, 0), Problem);
  });
});
