import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Card } from '../../../src/model/card.js';
import { Problem } from '../../../src/problem.js';
import {
  classOf,
  decided,
  networkClass,
  probabilityOf,
  studyDecision,
} from '../../../src/study/bias/labels/decision.js';
import { groupings, groupOf, sortedGroups } from '../../../src/study/bias/labels/grouping.js';
import { balancedSample, sampleNames } from '../../../src/study/bias/labels/sample.js';
import { card as padCard } from '../tiny-pad.js';

const problem = (pattern: RegExp) => (error: unknown) =>
  error instanceof Problem && pattern.test(error.message);

const cardOf = (outputs: Card['outputs'], more: Partial<Card> = {}): Card => ({
  ...padCard,
  task: 'attribute',
  bonaFide: undefined,
  outputs,
  ...more,
});
const genders = cardOf({ y: { kind: 'probabilities', classes: ['Female', 'Male'] } });

describe('studyDecision', () => {
  it('goes by the names of the classes, whatever their order in the network', () => {
    const scores = { Female: 0.2, Male: 0.8 };
    for (const classes of [
      ['Female', 'Male'],
      ['Male', 'Female'],
    ]) {
      const card = cardOf({ y: { kind: 'probabilities', classes } });
      const decision = studyDecision(card, { attribute: 'gender' });
      assert.equal(classOf('male', decision), 'Male');
      assert.equal(classOf('FEMALE', decision), 'Female');
      assert.equal(classOf('other', decision), undefined);
      assert.equal(decided(decision, scores), 'Male');
      assert.equal(networkClass('Female', decision, scores), 'Female');
    }
  });

  it('takes a map of labels, and refuses classes that there are not', () => {
    const decision = studyDecision(genders, {
      attribute: 'sex',
      map: [
        ['m', 'male'],
        ['w', 'female'],
      ],
    });
    assert.equal(classOf('W', decision), 'Female');
    assert.equal(classOf('m', decision), 'Male');
    const wrong = () => studyDecision(genders, { attribute: 'sex', map: [['m', 'man']] });
    assert.throws(
      wrong,
      problem(/--map m=man: man: is no class of tiny-pad \(its classes are Female, Male\)/),
    );
  });

  it('finds the output that the labels name', () => {
    const card = cardOf({
      mood: { kind: 'logits', classes: ['happy', 'sad'] },
      sex: { kind: 'probability', class: 'male', other: 'female' },
    });
    assert.deepEqual(studyDecision(card, { attribute: 'gender', labels: ['female'] }).classes, [
      'male',
      'female',
    ]);
    assert.throws(
      () => studyDecision(card, { attribute: 'gender', labels: ['x'] }),
      problem(/has 2 outputs/),
    );
    const none = cardOf({ y: { kind: 'embedding', normalised: true } });
    assert.throws(() => studyDecision(none, { attribute: 'gender' }), problem(/have no classes/));
  });

  it('decides yes or no from a threshold on, several classes being no together', () => {
    const card = cardOf(
      { y: { kind: 'logits', classes: ['print', 'live', 'replay'] } },
      { task: 'pad', bonaFide: 'live' },
    );
    const decision = studyDecision(card, { attribute: 'class', decideAt: 0.4 });
    assert.deepEqual(decision.classes, ['live', 'attack']);
    assert.equal(classOf('replay', decision), 'attack');
    assert.equal(decided(decision, { print: 0.5, live: 0.4, replay: 0.1 }), 'live');
    assert.equal(decided(decision, { print: 0.1, live: 0.39, replay: 0.51 }), 'attack');
    assert.equal(networkClass('attack', decision, { print: 0.1, live: 0.6, replay: 0.3 }), 'replay');
    assert.equal(networkClass('live', decision, { print: 0.1, live: 0.6, replay: 0.3 }), 'live');
    assert.equal(probabilityOf('attack', decision, { print: 0.25, live: 0.5, replay: 0.25 }), 0.5);
  });

  it('wants a class for a threshold', () => {
    const asked = () => studyDecision(genders, { attribute: 'gender', decideAt: 0.5 });
    assert.throws(asked, problem(/--decide-at: is a threshold without a class/));
    const unknown = () => studyDecision(genders, { attribute: 'gender', positive: 'boy' });
    assert.throws(unknown, problem(/--positive boy: is no class/));
  });
});

describe('groupings', () => {
  const columns = ['Age', 'gender', 'race'];

  it('crosses columns, knows synonyms, and puts ages into bands', () => {
    const [sex, crossed, age] = groupings(['sex', 'gender+ethnicity', 'age'], columns);
    const labels = { Age: '23', gender: 'female', race: 'black' };
    assert.equal(groupOf(sex, labels, 10), 'female');
    assert.equal(groupOf(crossed, labels, 10), 'female, black');
    assert.equal(groupOf(age, labels, 20), '20-39');
    assert.equal(groupOf(crossed, { gender: 'female' }, 10), undefined);
    assert.deepEqual(sortedGroups(['100-109', '20-29', '0-9', '20-29']), ['0-9', '20-29', '100-109']);
    assert.deepEqual(sortedGroups(['b', 'a, z', 'a']), ['a', 'a, z', 'b']);
  });

  it('names the columns that there are', () => {
    assert.throws(
      () => groupings(['gender+hair'], columns),
      problem(/--group-by hair: is no column of the labels \(they have Age, gender, race\)/),
    );
  });
});

describe('sampleNames', () => {
  it('draws what numpy draws from the sorted list', () => {
    const names = ['f', 'c', 'a', 'e', 'b', 'd'];
    // numpy.random.seed(42); x = list('abcdef'); numpy.random.shuffle(x): a b f c e d
    assert.deepEqual(sampleNames(names, { limit: 3, seed: 42 }), ['a', 'b', 'f']);
    assert.deepEqual(sampleNames([...names].reverse(), { limit: 3, seed: 42 }), ['a', 'b', 'f']);
    assert.deepEqual(sampleNames(names, { seed: 42 }), ['a', 'b', 'c', 'd', 'e', 'f']);
  });

  it('takes as many from every group, each by itself', () => {
    const many = Array.from({ length: 9 }, (_, at) => `m${at}`);
    const groups = new Map([
      ['few', ['f0', 'f1']],
      ['many', many],
    ]);
    const { names, each } = balancedSample(groups, { seed: 3 });
    assert.equal(each, 2);
    assert.deepEqual(
      names.map((name) => name[0]),
      ['f', 'f', 'm', 'm'],
    );
    const fewer = balancedSample(groups, { seed: 3, limit: 3 });
    assert.equal(fewer.each, 1);
    const other = balancedSample(
      new Map([
        ['a', ['x']],
        ['many', many],
      ]),
      { seed: 3 },
    );
    assert.equal(
      other.names.filter((name) => name.startsWith('m')).every((name) => names.includes(name)),
      true,
    );
  });
});
