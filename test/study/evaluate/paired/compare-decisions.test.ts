import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compareDecisions } from '../../../../src/study/evaluate/paired/compare-decisions.js';
import type { Decision } from '../../../../src/study/evaluate/paired/read-decisions.js';

/** `b` is bona fide, `p` and `r` attacks of two species; a capital letter is a wrong decision. */
function system(
  name: string,
  letters: string,
  personOf: (at: number) => string | undefined = () => undefined,
) {
  const decisions = Array.from(letters, (letter, at): [string, Decision] => {
    const species = { b: '', p: 'print', r: 'replay' }[letter.toLowerCase()]!;
    const person = personOf(at);
    return [
      `${at}.jpg`,
      {
        path: `${at}.jpg`,
        label: species === '' ? 'bona fide' : 'attack',
        species,
        persons: person === undefined ? undefined : [person, person],
        wrong: letter !== letter.toLowerCase(),
      },
    ];
  });
  return { name, decisions: new Map(decisions) };
}

describe('compareDecisions', () => {
  const before = system('before', 'bbBBbPPPprRr');
  const after = system('after', 'bbbBBpppprRR');

  it('counts new and mended errors of each kind, on the same images', () => {
    const found = compareDecisions('pad', [before, after], 0);
    assert.deepEqual(
      found.map(({ measure, of, trials, baselineErrors, errors, newErrors, mendedErrors, difference }) => [
        ...[measure, of, trials, baselineErrors, errors, newErrors, mendedErrors, difference],
      ]),
      [
        ['APCER', 'print', 4, 3, 0, 0, 3, -0.75],
        ['APCER', 'replay', 3, 1, 2, 1, 0, 1 / 3],
        ['APCER of all attacks', '', 7, 4, 2, 1, 3, -2 / 7],
        ['BPCER', '', 5, 2, 2, 1, 1, 0],
      ],
    );
    // Binomial: 2 / 2^3; 1; 2 (1 + 4) / 2^4; 1. Holm multiplies the smallest by the four comparisons.
    [0.25, 1, 0.625, 1].forEach((p, at) => assert.ok(Math.abs(found[at].p! - p) < 1e-12));
    assert.deepEqual(
      found.map(({ adjusted }) => adjusted),
      [1, 1, 1, 1],
    );
    assert.ok(found.every(({ interval }) => interval === 'paired'));
  });

  it('takes what one system lacks, or labels otherwise, out of both', () => {
    const fewer = { name: 'after', decisions: new Map(after.decisions) };
    fewer.decisions.delete('5.jpg');
    fewer.decisions.set('3.jpg', { ...after.decisions.get('3.jpg')!, label: 'attack', species: 'print' });
    const found = compareDecisions('pad', [before, fewer], 0);
    assert.deepEqual(
      found.map(({ trials, baselineErrors }) => [trials, baselineErrors]),
      [
        [3, 2],
        [3, 1],
        [6, 3],
        [4, 1],
      ],
    );
  });

  it('resamples persons who are in several images, and then has no p', () => {
    const person = (at: number) => `person ${at % 4}`;
    const found = compareDecisions(
      'pad',
      [system('before', 'bBBBbBbbBbBb', person), system('after', 'bbBbbBbbBBbb', person)],
      0,
    );
    const [{ interval, p, low, high, difference }] = found;
    assert.deepEqual([interval, p], ['persons', null]);
    assert.ok(low! <= difference && difference <= high!);
  });

  it('compares every system with the first, and nothing where there is one', () => {
    const found = compareDecisions('pad', [before, after, { ...before, name: 'again' }], 0);
    assert.deepEqual([...new Set(found.map((each) => each.system))], ['after', 'again']);
    assert.ok(found.every(({ baseline }) => baseline === 'before'));
    const same = found.filter((each) => each.system === 'again');
    assert.ok(same.every(({ difference, p }) => difference === 0 && p === 1));
    assert.deepEqual(compareDecisions('pad', [before], 0), []);
  });

  it('names the errors of pairs and of classes', () => {
    const pair = (label: string, wrong: boolean, at: number): [string, Decision] => [
      String(at),
      { path: String(at), label, species: '', persons: undefined, wrong },
    ];
    const pairs = (name: string, wrong: boolean) => ({
      name,
      decisions: new Map(['genuine', 'impostor', 'genuine'].map((label, at) => pair(label, wrong, at))),
    });
    const kinds = (task: 'verification' | 'attribute') =>
      compareDecisions(task, [pairs('a', true), pairs('b', false)], 0).map(
        ({ measure, of, difference, trials }) => [measure, of, difference, trials],
      );
    assert.deepEqual(kinds('verification'), [
      ['FMR', '', -1, 1],
      ['FNMR', '', -1, 2],
    ]);
    assert.deepEqual(kinds('attribute'), [
      ['error rate', '', -1, 3],
      ['share not found', 'genuine', -1, 2],
      ['share not found', 'impostor', -1, 1],
    ]);
  });
});
