import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  colourChoices,
  cropChoices,
  preprocessingName,
  unusualness,
  type Preprocessing,
} from '../../../src/model/doctor/candidates.js';
import type { OutputFacts } from '../../../src/model/doctor/output-facts.js';
import { agreesWithCard, proposeCard } from '../../../src/model/doctor/propose-card.js';
import { parseCard } from '../../../src/model/parse-card.js';
import { padCard } from '../cards.js';

const preprocessing: Preprocessing = {
  channels: 'BGR',
  mean: [0],
  std: [1],
  crop: { kind: 'box', scale: 1.5, square: true, border: 'black' },
  resize: 'linear',
};
const input = { name: 'x', width: 80, height: 80, layout: 'NCHW' as const };
const output = (length: number, nature: OutputFacts['nature']): OutputFacts => ({
  name: 'y',
  shape: [length],
  ending: 'other',
  nature,
  unitLength: false,
  finite: true,
});
const draft = { ...padCard, task: 'attribute' as const, outputs: {}, bonaFide: undefined };

describe('proposeCard', () => {
  it('names the bona fide class where it was found, and numbers the others', () => {
    const classes = { labels: ['live', 'attack'], order: [1], bonaFide: 'live' };
    const card = proposeCard(draft, input, preprocessing, output(3, 'logits'), classes, ['note']);
    assert.deepEqual(card.outputs.y, { kind: 'logits', classes: ['attack 1', 'live', 'attack 2'] });
    assert.deepEqual([card.task, card.bonaFide, card.input.channels], ['pad', 'live', 'BGR']);
    assert.deepEqual(parseCard(structuredClone(card), 'x'), card);
  });

  it('describes one probability by the class that it is high for', () => {
    const classes = { labels: ['female', 'male'], order: [1, 0], bonaFide: undefined };
    const card = proposeCard(draft, input, preprocessing, output(1, 'probability'), classes, []);
    assert.deepEqual(card.outputs.y, { kind: 'probability', class: 'male', other: 'female' });
    assert.equal(card.task, 'attribute');
  });

  it('leaves classes that have no label unnamed', () => {
    const classes = { labels: ['happy', 'neutral'], order: [3, 0], bonaFide: undefined };
    const card = proposeCard(draft, input, preprocessing, output(4, 'probabilities'), classes, []);
    assert.deepEqual(card.outputs.y, {
      kind: 'probabilities',
      classes: ['neutral', 'unknown 1', 'unknown 2', 'happy'],
    });
  });

  it('keeps the names of a card whose order is right, and replaces them where it is not', () => {
    const own = { kind: 'logits' as const, classes: ['echt', 'falsch'] };
    const card = { ...padCard, outputs: { y: own }, bonaFide: 'echt' };
    const found = (first: number) => ({
      labels: ['live', 'attack'],
      order: [first, 1 - first],
      bonaFide: 'live',
    });
    assert.equal(agreesWithCard(card, own, found(0)), 'agree');
    assert.equal(agreesWithCard(card, own, found(1)), 'contradict');
    const kept = proposeCard(card, input, preprocessing, output(2, 'logits'), found(0), []);
    assert.deepEqual([kept.outputs.y, kept.bonaFide], [own, 'echt']);
    const turned = proposeCard(card, input, preprocessing, output(2, 'logits'), found(1), []);
    assert.deepEqual(turned.outputs.y, { kind: 'logits', classes: ['attack', 'live'] });
    assert.equal(turned.bonaFide, 'live');
    const gender = { labels: ['female', 'male'], order: [0, 1], bonaFide: undefined };
    assert.equal(agreesWithCard(card, own, gender), 'names differ');
  });
});

describe('candidates', () => {
  it('have names of their own, by which they are known again', () => {
    const names = colourChoices(3, false).flatMap(({ value }) =>
      cropChoices('pad').map((crop) => preprocessingName({ ...value, crop: crop.value, resize: 'linear' })),
    );
    assert.equal(new Set(names).size, names.length);
    assert.equal(preprocessingName(preprocessing), 'BGR 0..255; box x 1.5, black');
    assert.equal(
      preprocessingName({ ...preprocessing, mean: [1], std: [2], resize: 'area' }),
      'BGR (x - 1) / 2; box x 1.5, black; area',
    );
  });

  it('know what to expect first', () => {
    const first = (raw: boolean, habit: 'verification' | 'pad' | 'attribute') => {
      const all = colourChoices(3, raw).flatMap(({ value }) =>
        cropChoices(habit).map((crop) => ({ ...value, crop: crop.value, resize: 'linear' as const })),
      );
      const ranks = all.map((each) => unusualness(each, { raw, habit }));
      return preprocessingName(all[ranks.indexOf(Math.min(...ranks))]);
    };
    assert.equal(first(false, 'verification'), 'RGB -1..1; ArcFace');
    assert.equal(first(true, 'verification'), 'RGB 0..255; ArcFace');
    assert.equal(first(false, 'pad'), 'RGB -1..1; box x 1.5, black');
    assert.equal(first(false, 'attribute'), 'RGB -1..1; box x 1.0, black');
  });
});
