import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { decodeImage } from '../../../src/dataset/decode-image.js';
import { encodeImage } from '../../../src/dataset/encode-image.js';
import { readScoreFile } from '../../../src/dataset/read-score-file.js';
import { verificationIntervals } from '../../../src/measure/verification/verification-intervals.js';
import type { RunRecord } from '../../../src/jobs/run/run-record.js';
import { threshold } from '../../../src/study/verification/threshold/threshold.js';
import { needThreshold } from '../../../src/study/verification/threshold/need-threshold.js';
import { readThreshold } from '../../../src/study/verification/threshold/threshold-result.js';
import type { ThresholdSummary } from '../../../src/study/verification/threshold/summarise-scores.js';
import { cosineSimilarity } from '../../../src/tensor/cosine-similarity.js';
import { listenToNothing, Workspace } from '../heatmaps/workspace.js';
import {
  anySizeEmbedder,
  embedderCard,
  embedderWeights,
  height,
  personImage,
  personPath,
  studyOptions,
  values,
  width,
  writeStudy,
} from './pair-study.js';

const space = new Workspace();
let rows: string[];
before(async () => (rows = await writeStudy(space, 16)));
after(() => space.remove());

const recordOf = (output: string) => space.json(`${output}/threshold/run.json`) as RunRecord;
const summaryOf = (output: string) => recordOf(output).results as unknown as ThresholdSummary;
const table = (output: string, name: string) =>
  readFileSync(space.path(`${output}/threshold/${name}`), 'utf8')
    .trim()
    .split('\n');

/** The embedding of the tiny network in float64. */
function embed({ data }: { data: Uint8Array }): number[] {
  const weights = embedderWeights();
  const pixels = width * height;
  return Array.from({ length: values }, (_, value) => {
    let sum = 0;
    for (let at = 0; at < 3 * pixels; at++) {
      sum += weights[value * 3 * pixels + at] * (data[(at % pixels) * 3 + Math.floor(at / pixels)] / 255);
    }
    return sum;
  });
}

describe('the threshold step', () => {
  before(() => threshold(studyOptions(space, rows, 'plain'), listenToNothing));

  it('gives each pair the cosine of its embeddings, in the order of the list', async () => {
    const { pairs } = await readThreshold(space.path('plain'));
    assert.equal(pairs.length, rows.length);
    for (const [at, pair] of pairs.entries()) {
      const [a, b, same] = rows[at].split(',');
      assert.deepEqual(
        [pair.index, pair.a, pair.b, pair.genuine, pair.identityA, pair.identityB],
        [at, a, b, same === '1', a.split('/')[0], b.split('/')[0]],
      );
      const [personA, personB] = [a, b].map((path) => Number(/p(\d+)/.exec(path)![1]));
      const expected = cosineSimilarity(embed(personImage(personA, 1)), embed(personImage(personB, 2)));
      assert.ok(Math.abs(pair.cosine - expected) < 1e-6, `${pair.name}: ${pair.cosine}, not ${expected}`);
    }
    assert.equal(new Set(pairs.map(({ name }) => name)).size, pairs.length);
    assert.match(pairs[4].name, /^0004 1 2$/);
  });

  it('leaves each aligned face as the network takes it, without loss', async () => {
    const { pairs } = await readThreshold(space.path('plain'));
    const { image } = await decodeImage(pairs[0].faceB);
    assert.deepEqual([image.width, image.height], [width, height]);
    assert.deepEqual([...image.data], [...personImage(0, 2).data]);
  });

  it('writes scores that are a score file, with the decision at the threshold', async () => {
    const { pairs, threshold: chosen, source } = await readThreshold(space.path('plain'));
    const { rows: scores, dropped } = await readScoreFile(space.path('plain/threshold/scores.csv'));
    assert.deepEqual(dropped, []);
    assert.equal(source, 'EER');
    assert.deepEqual(
      scores.map(({ path, score, label, extra }) => [path, score, label, extra.decision]),
      pairs.map(({ name, cosine, genuine }) => [
        name,
        cosine,
        genuine ? 'genuine' : 'impostor',
        cosine >= chosen ? 'match' : 'non-match',
      ]),
    );
  });

  it('gives the rates at each threshold with their intervals, and refuses what the pairs cannot support', async () => {
    const { pairs } = await readThreshold(space.path('plain'));
    const impostor = pairs.filter(({ genuine }) => !genuine).map(({ cosine }) => cosine);
    const { thresholds } = summaryOf('plain');
    assert.deepEqual(
      thresholds.map(({ target, threshold: value }) => [target, value !== null]),
      [
        ['EER', true],
        ['FMR 0.1', true],
        ['FMR 0.01', false],
        ['FMR 0.001', false],
        ['FMR 0.0001', false],
      ],
    );
    const [, tenth] = thresholds;
    assert.equal(tenth.fmr!.rate, impostor.filter((cosine) => cosine >= tenth.threshold!).length / 32);
    const trials = pairs.map(({ cosine, genuine, identityA, identityB }) => ({
      score: cosine,
      genuine,
      identities: [identityA, identityB] as const,
    }));
    const intervals = verificationIntervals(trials, { threshold: tenth.threshold!, seed: 0 });
    assert.deepEqual([tenth.fmr!.low, tenth.fmr!.high], [intervals.fmr!.low, intervals.fmr!.high]);
    assert.equal(tenth.fmr!.interval, 'identities');
    assert.match(thresholds[2].refused!, /needs at least 300 impostor scores.*there are 32/);
    const lines = table('plain', 'thresholds.csv');
    assert.equal(lines.length, 6);
    assert.match(lines[3], /^FMR 0\.01,no,,,,,,,,,,,,,,"FMR 0\.01: needs/);
  });

  it('writes the curves from 0 to 1 and every score once into the histogram', () => {
    const roc = table('plain', 'roc.csv').map((line) => line.split(','));
    assert.deepEqual(roc[0], ['threshold', 'fmr', 'tmr']);
    assert.deepEqual(roc[1].slice(1), ['0', '0']);
    assert.deepEqual(roc.at(-1)!.slice(1), ['1', '1']);
    assert.equal(table('plain', 'det.csv').length, roc.length);
    const bins = table('plain', 'histogram.csv')
      .slice(1)
      .map((line) => line.split(',').map(Number));
    const sum = (column: number) => bins.reduce((total, bin) => total + bin[column], 0);
    assert.deepEqual([sum(2), sum(3)], [16, 32]);
  });

  it('chooses the threshold anew without embedding anything again', async () => {
    const options = studyOptions(space, rows, 'again');
    await threshold(options, listenToNothing);
    const started: number[] = [];
    const journal = readFileSync(space.path('again/threshold/results.jsonl'));
    await threshold(
      { ...options, at: { kind: 'fmr', target: 0.25 } },
      { ...listenToNothing, listen: (event) => event.type === 'done' && started.push(1) },
    );
    assert.deepEqual(started, []);
    assert.deepEqual(readFileSync(space.path('again/threshold/results.jsonl')), journal);
    const after = await readThreshold(options.output);
    assert.equal(after.source, 'FMR 0.25');
    const row = summaryOf('again').thresholds.find(({ chosen }) => chosen)!;
    assert.deepEqual([row.target, row.threshold], ['FMR 0.25', after.threshold]);
    await threshold({ ...options, at: { kind: 'given', threshold: -0.1 } }, listenToNothing);
    assert.deepEqual((await readThreshold(options.output)).threshold, -0.1);
    // A later step that is not told goes on with it.
    const needed = await needThreshold(options, listenToNothing);
    assert.ok('result' in needed);
    assert.deepEqual([needed.result.threshold, needed.result.source], [-0.1, 'given']);
  });

  it('does not depend on the number of workers, nor on being stopped and going on', async () => {
    const expected = space.outputs('plain/threshold');
    assert.equal(Object.keys(expected).length, 12 + 32);
    await threshold({ ...studyOptions(space, rows, 'two'), workers: 2 }, listenToNothing);
    assert.deepEqual(space.outputs('two/threshold'), expected);

    const options = studyOptions(space, rows, 'stopped');
    const controller = new AbortController();
    let done = 0;
    const first = await needThreshold(options, {
      signal: controller.signal,
      listen: (event) => {
        if (event.type === 'done' && ++done === 7) controller.abort();
      },
    });
    assert.ok('stopped' in first && first.stopped.record.status === 'stopped');
    assert.ok(!existsSync(join(options.output, 'threshold/scores.csv')));
    await assert.rejects(readThreshold(options.output), /not finished.*verification threshold/);
    await threshold(options, listenToNothing);
    assert.deepEqual(space.outputs('stopped/threshold'), expected);
  });
});

describe('bad input of the threshold step', () => {
  const problemOf = async (output: string, list: readonly string[], more: object = {}) => {
    const options = { ...studyOptions(space, list, output), ...more };
    return threshold(options, listenToNothing).then(
      () => 'no error',
      (error: unknown) => String(error),
    );
  };

  it('leaves out each bad pair with its reason, and goes on without it', async () => {
    const photo = (name: string, content: Uint8Array | string) => space.write(`photos/${name}`, content);
    const good = personImage(0, 1);
    const png = await encodeImage(good, 'png');
    photo('same.png', png);
    photo('text.png', 'this is not an image');
    photo('black.png', await encodeImage({ ...good, data: good.data.map(() => 0) }, 'png'));
    photo(
      'nan.png',
      await encodeImage({ ...good, data: good.data.map((v, at) => (at === 0 ? 255 : v)) }, 'png'),
    );
    await space.image('photos/large.png', width * 2, height);
    const one = personPath(0, 1);
    const bad: readonly (readonly [row: string, reason: RegExp])[] = [
      [`${one},none.png,0`, /line 50: none\.png is not in the image folder/],
      [`${one},same.png,0`, /p0\/1\.png and same\.png are the same image, pixel by pixel/],
      [`text.png,${one},0`, /text\.png: is not an image/],
      [`${one},black.png,0`, /black\.png: tiny-embedder: the embedding "y" is zero/],
      [`${one},nan.png,0`, /nan\.png: tiny-embedder: the output "y" holds NaN/],
      [
        `${one},large.png,0`,
        /large\.png: has 40 x 16 pixels, the network takes 20 x 16 \(leave --aligned out/,
      ],
      [rows[0], /line 56: is the pair of line 2/],
      [`${one},${one},1`, /line 57: compares an image with itself/],
      [`${one},${personPath(3, 1)},maybe`, /line 58: its label "maybe" is neither 1 nor 0/],
    ];
    assert.equal(await problemOf('bad', [...rows, ...bad.map(([row]) => row)]), 'no error');
    const { skipped, failed, status } = recordOf('bad');
    assert.deepEqual([failed, status], [[], 'done']);
    for (const [row, reason] of bad) {
      assert.ok(
        skipped.some((each) => reason.test(each.reason)),
        `${row}: ${JSON.stringify(skipped)}`,
      );
    }
    // Four lines of the list, four images, and the five pairs that need them or compare equal images.
    assert.equal(skipped.length, 4 + 4 + 5);
    assert.deepEqual(table('bad', 'scores.csv'), table('plain', 'scores.csv'));
    assert.deepEqual([summaryOf('bad').lost, summaryOf('plain').lost], [5, 0]);
  });

  it('leaves out a pair of images of two sizes where the network takes any', async () => {
    const card = { ...embedderCard, input: { ...embedderCard.input, width: null, height: null } };
    space.write('any.onnx', anySizeEmbedder());
    space.write('any.card.json', JSON.stringify(card));
    const error = await problemOf('any', [`${personPath(0, 1)},large.png,0`, rows[0]], {
      model: space.path('any.onnx'),
      at: { kind: 'given', threshold: 0.5 },
    });
    assert.equal(error, 'no error');
    assert.deepEqual([summaryOf('any').genuine, summaryOf('any').impostor], [1, 0]);
    assert.match(
      recordOf('any').skipped[0].reason,
      /p0\/1\.png has 20 x 16 pixels, large\.png 40 x 16: bring both to one size/,
    );
  });

  it('refuses an EER without both classes before any work, and takes a given threshold instead', async () => {
    const genuine = rows.filter((row) => row.endsWith('1'));
    assert.match(await problemOf('one', genuine), /holds genuine pairs only, so it has no EER.*--at 0\.31/);
    assert.ok(!existsSync(space.path('one')));
    assert.match(
      await problemOf('one', rows, { at: { kind: 'fmr', target: 0.001 } }),
      /FMR 0\.001: needs at least 3000 impostor scores.*there are 32/,
    );
    assert.ok(!existsSync(space.path('one')));
    assert.equal(await problemOf('one', genuine, { at: { kind: 'given', threshold: 0.5 } }), 'no error');
    const { thresholds, measures } = summaryOf('one');
    assert.deepEqual(measures, []);
    const given = thresholds.find(({ chosen }) => chosen)!;
    assert.deepEqual([given.target, given.fmr, given.fnmr!.trials], ['given', null, 16]);
    assert.match(thresholds[0].refused!, /impostor scores: there are none/);
    assert.ok(!existsSync(space.path('one/threshold/roc.csv')));
  });

  it('refuses a study with other pairs, and images that lie in the study', async () => {
    await threshold(studyOptions(space, rows, 'taken'), listenToNothing);
    const other = { ...studyOptions(space, rows.slice(0, 9), 'other'), output: space.path('taken') };
    await assert.rejects(threshold(other, listenToNothing), /holds a run with another pairs/);
    await assert.rejects(
      needThreshold(other, listenToNothing),
      /holds a run with another pairs.*verification threshold --no-resume/,
    );
    assert.match(
      await problemOf('inside', rows, { output: space.path('photos') }),
      /holds the image p0\/1\.png of the list/,
    );
  });

  it('says what to do where the step was not run', async () => {
    await assert.rejects(
      readThreshold(space.path('nowhere')),
      /was not run \(run `faceprobe verification threshold`/,
    );
  });
});
