import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bindLogOdds } from '../../src/explain/log-odds.js';
import { bindTarget } from '../../src/explain/target.js';
import type { Card } from '../../src/model/card.js';
import { card as pad } from '../study/tiny-pad.js';

const expression: Card = {
  ...pad,
  task: 'attribute',
  bonaFide: undefined,
  outputs: { y: { kind: 'logits', classes: ['happy', 'sad', 'neutral'] } },
};

describe('bindLogOdds', () => {
  const happy = { kind: 'class', class: 'happy' } as const;
  const logits = Float32Array.of(0.5, -1, 2);

  it('is log p / (1 - p) of the probability', () => {
    const odds = bindLogOdds(happy, expression, {});
    const p = bindTarget(happy, expression, {}).value(logits, logits);
    assert.ok(Math.abs(odds.value(logits, logits) - Math.log(p / (1 - p))) < 1e-6);
    assert.equal(odds.name, 'log-odds of happy');
  });

  it('has the gradient of central differences', () => {
    const odds = bindLogOdds({ kind: 'class', class: 'sad' }, expression, {});
    const gradient = odds.gradient(logits, logits);
    for (const at of logits.keys()) {
      const moved = (step: number) => odds.value(logits.with(at, logits[at] + step), logits);
      assert.ok(Math.abs(gradient[at] - (moved(0.01) - moved(-0.01)) / 0.02) < 1e-4);
    }
  });

  it('does not saturate', () => {
    const sure = Float32Array.of(400, -400, 0);
    const odds = bindLogOdds(happy, expression, {});
    assert.equal(odds.value(sure, sure), 400);
    assert.deepEqual([...odds.gradient(sure, sure)], [1, 0, -1]);
  });

  it('takes the only logit of a sigmoid with the sign of the class', () => {
    const card: Card = { ...pad, outputs: { y: { kind: 'probability', class: 'live', other: 'attack' } } };
    const activations = { y: { kind: 'sigmoid', logits: 'z' } } as const;
    const of = (name: string) => bindLogOdds({ kind: 'class', class: name }, card, activations);
    const z = Float32Array.of(3);
    assert.deepEqual([of('live').value(z, z), of('attack').value(z, z)], [3, -3]);
    assert.deepEqual([of('live').output, [...of('attack').gradient(z, z)]], ['z', [-1]]);
  });

  it('needs logits', () => {
    const card: Card = { ...pad, outputs: { y: { kind: 'probabilities', classes: ['attack', 'live'] } } };
    assert.throws(() => bindLogOdds({ kind: 'bona-fide' }, card, {}), { name: 'Problem' });
  });
});
