import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { EnsembleDescription } from '../../../src/study/liveness/ensemble/ensemble.js';
import { judge } from '../../../src/study/liveness/ensemble/judge.js';
import { openEnsemble } from '../../../src/study/liveness/ensemble/open-ensemble.js';
import { parseMember } from '../../../src/study/liveness/ensemble/parse-member.js';
import { readEnsemble } from '../../../src/study/liveness/ensemble/read-ensemble.js';
import { Workspace } from '../heatmaps/workspace.js';
import { card, tinyPad } from '../tiny-pad.js';

describe('parseMember', () => {
  it('reads a name, a file with a card, and the options in any order', () => {
    const rest = {
      card: undefined,
      name: undefined,
      guards: undefined,
      weight: undefined,
      threshold: undefined,
    };
    assert.deepEqual(parseMember('fr_liveness'), { ...rest, model: 'fr_liveness' });
    assert.deepEqual(parseMember('C:\\a b.onnx=c.json:threshold=0.4:guards=print+replay:weight=2:name=n'), {
      model: 'C:\\a b.onnx',
      card: 'c.json',
      name: 'n',
      guards: ['print', 'replay'],
      weight: 2,
      threshold: 0.4,
    });
  });

  it('refuses what it cannot use', () => {
    assert.throws(() => parseMember('a:weight=0'), /its weight must be a number above 0, not 0/);
    assert.throws(() => parseMember('a:threshold=1.5'), /threshold must be above 0 and below 1/);
    assert.throws(() => parseMember('a:weight=1:weight=2'), /says weight twice/);
    assert.throws(() => parseMember('a:guards='), /says nothing after guards=/);
    assert.throws(() => parseMember(''), /names no model/);
  });
});

describe('ensembles', () => {
  const space = new Workspace();
  after(() => space.remove());
  const model = space.write('pad.onnx', tinyPad());
  const cardFile = space.write('pad.card.json', JSON.stringify(card));
  const open = (description: Partial<EnsembleDescription>) =>
    openEnsemble({ members: [{ model }], ...description });

  it('needs a fusion for several members, and their guards for any', async () => {
    const two = [
      { model, name: 'a' },
      { model, name: 'b' },
    ];
    await assert.rejects(open({ members: two }), /nothing says how they are fused/);
    await assert.rejects(open({ members: two, fusion: 'any' }), /^Problem: a: does not say which attacks/);
    const guarded = two.map((member) => ({ ...member, guards: ['print'] }));
    await assert.rejects(open({ members: guarded, fusion: 'any', threshold: 0.4 }), /each member decides/);
    await assert.rejects(open({ members: [two[0], two[0]], fusion: 'mean' }), /two members called a/);
    await assert.rejects(open({ members: two, fusion: 'logistic' }), /liveness fuse/);
  });

  it('takes the threshold of a member that is alone', async () => {
    assert.equal((await open({ members: [{ model, threshold: 0.3 }] })).threshold, 0.3);
    assert.equal((await open({})).threshold, 0.5);
  });

  it('refuses a card that does not say which class is bona fide', async () => {
    const silent = { ...card, task: 'attribute', bonaFide: undefined };
    const file = space.write('silent.card.json', JSON.stringify(silent));
    await assert.rejects(open({ members: [{ model, card: file }] }), /does not say which class is bona fide/);
  });

  it('reads a file with paths relative to it, and says what is wrong in one', async () => {
    const described = {
      fusion: 'max',
      members: [{ model: 'pad.onnx', card: 'pad.card.json' }, { model: 'zoo' }],
    };
    const file = space.write('ensemble.json', JSON.stringify(described));
    const { members } = await readEnsemble(file);
    assert.deepEqual(members, [
      { model, card: cardFile },
      { model: 'zoo', card: undefined },
    ]);
    space.write('bad.json', '{"members":[{"model":"a","weight":-1}]}');
    await assert.rejects(readEnsemble(space.path('bad.json')), /members\.0\.weight/);
    space.write('bad.json', '{');
    await assert.rejects(readEnsemble(space.path('bad.json')), /is not JSON/);
  });

  it('refuses a fit of other members', async () => {
    const fit = space.write('fit.json', JSON.stringify({ offset: 0, slopes: { other: 1 }, limit: 1e-6 }));
    await assert.rejects(
      open({ fusion: 'logistic', fit }),
      /learned for other, but the ensemble has tiny-pad/,
    );
  });

  it('counts a tie as bona fide, and names what the members that fire guard against', async () => {
    const ensemble = await open({
      fusion: 'any',
      members: [
        { model, name: 'a', guards: ['print', 'replay'], threshold: 0.4 },
        { model, name: 'b', guards: ['mask'] },
      ],
    });
    const verdict = judge(ensemble, [0.7, 0.1]);
    assert.deepEqual([verdict.decision, verdict.score], ['attack', 0.75]);
    assert.deepEqual(verdict.suspected, ['print', 'replay']);
    assert.equal(verdict.members.b.decision, 'bona fide');
    assert.equal(judge(ensemble, [0.4, 0.5]).decision, 'bona fide');
  });
});
