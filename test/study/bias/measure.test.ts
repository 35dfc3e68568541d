import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Problem } from '../../../src/problem.js';
import type { BiasMeasureOptions } from '../../../src/study/bias/bias-options.js';
import { upstreamMeasures } from '../../../src/study/bias/measure/upstream-measures.js';
import { type BiasMeasures, measure } from '../../../src/study/bias/measure/measure.js';
import { measureAgain } from '../../../src/study/bias/run.js';
import { reportRuns } from '../../../src/study/report/report-runs.js';
import { decision, type MadeUp, outcomeOf, regions, syntheticRun } from './synthetic-study.js';

const context = { signal: new AbortController().signal, listen: () => undefined };
const quick = { resamples: 100, permutations: 99, workers: 1 };

/** 60 people: 12 women in 30 are wrong, with the left eye active, 10 men in 30, with the nose active. */
function people(): MadeUp[] {
  return Array.from({ length: 60 }, (_, at) => {
    const truth = at % 2 === 0 ? 'female' : 'male';
    const rank = Math.floor(at / 2);
    const wrong = rank < (truth === 'female' ? 12 : 10);
    const male = truth === 'male' ? (wrong ? 0.3 : 0.9) : wrong ? 0.8 : 0.2;
    return {
      labels: { gender: truth, race: at % 4 < 2 ? 'black' : 'white' },
      ...{ truth, male },
      active: [truth === 'female' ? 'left_eye' : 'nose'],
      // Hidden, every woman is wrong, and men are as they were.
      masked: { nose: { female: truth === 'female' ? 0 : 1 - male, male: truth === 'female' ? 1 : male } },
    };
  });
}

describe('bias measure', () => {
  let study: string;
  beforeEach(async () => {
    study = await mkdtemp(join(tmpdir(), 'faceprobe-'));
  });
  afterEach(() => rm(study, { recursive: true }));

  async function measured(options: Partial<BiasMeasureOptions> = {}): Promise<BiasMeasures> {
    await measure({ ...quick, output: study, ...options }, context);
    return JSON.parse(await readFile(join(study, 'measure', 'measures.json'), 'utf8')) as BiasMeasures;
  }

  it('counts by group, and finds what mistakes lean on', async () => {
    await syntheticRun(study, people());
    const { all, byGrouping, means } = await measured();
    const [gender, race] = byGrouping;
    assert.deepEqual(all.groups[0].matrix.counts, [
      [18, 12],
      [10, 20],
    ]);
    assert.deepEqual(
      gender.groups.map(({ group, accuracy }) => [group, accuracy.errors, accuracy.trials]),
      [
        ['female', 18, 30],
        ['male', 20, 30],
      ],
    );
    const [leftEye, rightEye, nose] = gender.mistakes!.features;
    assert.deepEqual(
      leftEye.probability.map(({ rate }) => rate),
      [1, 0],
    );
    assert.equal(leftEye.bias.value, 1);
    assert.equal(rightEye.bias.value, 0);
    assert(nose.holm < 0.05);
    assert(Math.abs(gender.mistakes!.score.value! - 2 / 3) < 1e-12);
    assert.equal(race.groups.length, 2);
    assert(race.fairness.some(({ class: name }) => name === 'male'));
    assert.equal(all.curves[0].positives, 30);
    assert.equal(means.find(({ key, outcome }) => key === '' && outcome === 'wrong')?.images, 22);
  });

  it('tells what hiding a region in one group does to it and to the gap', async () => {
    await syntheticRun(study, people());
    const { byGrouping } = await measured();
    const [women, men] = byGrouping[0].whatIf;
    assert.deepEqual(
      [women.group, women.accuracy!.gained, women.accuracy!.lost, women.accuracy!.difference],
      ['female', 0, 18, -0.6],
    );
    assert.deepEqual([men.accuracy!.gained, men.accuracy!.lost, men.accuracy!.p], [0, 0, 1]);
    assert(Math.abs(women.gap!.before - 2 / 30) < 1e-12);
    assert(Math.abs(women.gap!.after - 20 / 30) < 1e-12);
  });

  it('marks what too few mistakes support, and prints no number of it', async () => {
    const right = people().map((image) => (image.truth === 'male' ? { ...image, male: 0.9 } : image));
    await syntheticRun(study, right);
    const { byGrouping } = await measured();
    const { mistakes, groups } = byGrouping[0];
    assert.deepEqual(mistakes!.score, { value: null, reason: '0 images of male, fewer than 10' });
    assert.deepEqual(mistakes!.features[0].probability[1].rate, null);
    assert.equal(groups[1].accuracy.rate, 1);
    const { byGrouping: stricter } = await measured({ leastImages: 40 });
    assert.equal(stricter[0].groups[0].accuracy.rate, null);
    const csv = await readFile(join(study, 'measure', 'features.csv'), 'utf8');
    assert.match(csv, /0 images of male, fewer than 40/);
  });

  it('leaves a group with too few images out of the comparison of features, not out of the counts', async () => {
    const images = people().map((image, at) => ({
      ...image,
      labels: { ...image.labels, hair: at < 2 ? 'red' : at % 4 < 2 ? 'brown' : 'black' },
    }));
    await syntheticRun(study, images);
    const { byGrouping } = await measured({ groupBy: ['hair'], leastImages: 5 });
    const [{ groups, mistakes, attention }] = byGrouping;
    assert.deepEqual(
      groups.map(({ group, images: count }) => [group, count]),
      [
        ['black', 30],
        ['brown', 28],
        ['red', 2],
      ],
    );
    assert.deepEqual(attention!.groups, ['black', 'brown']);
    assert.deepEqual(
      mistakes!.groups.map(({ group }) => group),
      ['black', 'brown'],
    );
    assert.notEqual(mistakes!.score.value, null);
  });

  it('measures one group only, faces that were not found and constant maps', async () => {
    const images = people().map((image, at) => ({
      ...image,
      labels: { gender: image.truth, race: 'black' },
      faceless: at < 3,
      constant: at >= 3 && at < 5,
    }));
    await syntheticRun(study, images);
    const { byGrouping, all, means } = await measured();
    assert.equal(byGrouping[1].mistakes, null);
    assert.deepEqual(byGrouping[1].fairness, []);
    assert.equal(all.groups[0].images, 60);
    // Five have no map on the common face.
    assert.equal(means.find(({ key, outcome }) => key === '' && outcome === 'all')?.images, 55);
  });

  it('gives the same tables whatever the number of workers and however often it is asked', async () => {
    await syntheticRun(study, people());
    const tables = async () => {
      const names = (await readdir(join(study, 'measure')))
        .filter((name) => /csv|measures/.test(name))
        .sort();
      return Promise.all(names.map((name) => readFile(join(study, 'measure', name), 'utf8')));
    };
    await measured();
    const first = await tables();
    await measured({ groupBy: ['race'] });
    assert.notDeepEqual(await tables(), first);
    await measured({ groupBy: ['gender', 'race'], workers: 3 });
    assert.deepEqual(await tables(), first);
  });

  it('writes a report that needs no photographs, and that report knows', async () => {
    const images = people().map((image, at) => ({
      ...image,
      ...{ faceless: at < 3, constant: at >= 3 && at < 5 },
    }));
    await syntheticRun(study, images, { photos: false });
    const { lookAt } = await measureAgain({ ...quick, output: study }, context);
    const page = await readFile(lookAt, 'utf8');
    assert.match(page, /For whom made-up is wrong about gender/);
    assert.match(page, /By gender, it is wrong most often about female, 40 %/);
    assert.match(page, /hiding the nose of (everybody|female \(gender\)) moves the accuracy by −\d+/);
    assert.match(page, /made without photographs/);
    assert.match(page, /no face was found: in the rates[^<]*<\/td><td class="number">3</);
    assert.match(page, /the map is constant[^<]*<\/td><td class="number">2</);
    assert.match(page, /x\.png: is unlabelled/);
    await reportRuns([study], join(study, 'again.html'));
    assert.equal(await readFile(join(study, 'again.html'), 'utf8'), page);
  });

  it('needs a finished run', async () => {
    await assert.rejects(
      measured(),
      (error) => error instanceof Problem && error.message.includes('holds no finished run of a bias study'),
    );
  });
});

describe('upstreamMeasures', () => {
  const studied = (truth: 'female' | 'male', male: number, active: string[], name: string) => ({
    ...outcomeOf({ labels: {}, truth, male, active }),
    name,
    person: undefined,
  });

  it('passes the worked check of the published library', () => {
    const images = [
      studied('male', 0.2, ['left_eye'], 'a'),
      studied('male', 0.1, ['right_eye'], 'b'),
      studied('female', 0.9, ['left_eye'], 'c'),
      studied('male', 0.9, ['nose'], 'd'),
    ];
    const found = upstreamMeasures(images, decision, regions)!;
    assert.deepEqual(found.groups, ['female', 'male']);
    assert.deepEqual(found.features, [
      { feature: 'left_eye', bias: 0.5, probability: [1, 0.5] },
      { feature: 'right_eye', bias: 0.5, probability: [0, 0.5] },
      { feature: 'nose', bias: 0, probability: [0, 0] },
    ]);
    // The notebook's mean is over all features; 1 of 3 men and 0 of 1 women are found.
    assert.equal(found.overall, 0.333);
    assert.equal(found.equalizedOdds, 1 / 3);
  });

  it('says nothing where one gender is missing, where the notebook fails', () => {
    assert.equal(upstreamMeasures([studied('male', 0.2, [], 'a')], decision, regions), null);
  });
});
