import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { decodeImage } from '../../../src/dataset/decode-image.js';
import { loadOpenCv } from '../../../src/image/opencv.js';
import { openModel } from '../../../src/model/open-model.js';
import { bonaFideScore } from '../../../src/model/outputs/bona-fide-score.js';
import { check } from '../../../src/study/liveness/check/check.js';
import type { CheckOptions } from '../../../src/study/liveness/check/check-options.js';
import { checkReport } from '../../../src/study/liveness/check/check-report.js';
import type { VideoCheck } from '../../../src/study/liveness/check/check-result.js';
import { poolFrames } from '../../../src/study/liveness/check/pool-frames.js';
import { judge } from '../../../src/study/liveness/ensemble/judge.js';
import { openEnsemble } from '../../../src/study/liveness/ensemble/open-ensemble.js';
import { fuse } from '../../../src/study/liveness/fuse/fuse.js';
import { runImages } from '../../../src/study/score/run-images.js';
import { FakeFfmpeg } from '../../dataset/video/fake-ffmpeg.js';
import { listenToNothing, Workspace } from '../heatmaps/workspace.js';
import { card, height, tinyPad, width } from '../tiny-pad.js';

interface Row {
  readonly file: string;
  readonly score: number;
  readonly decision: string;
  readonly members: Readonly<Record<string, { readonly score: number }>>;
  readonly notes: readonly string[];
  readonly error?: string;
}

it('pools the scores of frames', () => {
  assert.deepEqual(poolFrames([0.25, 1, 0.5, 0.25]), { mean: 0.5, median: 0.375, max: 1 });
  assert.deepEqual(poolFrames([0.5]), { mean: 0.5, median: 0.5, max: 0.5 });
});

describe('liveness check', () => {
  const space = new Workspace();
  const fake = new FakeFfmpeg();
  after(() => {
    fake.remove();
    space.remove();
  });
  const model = space.write('pad.onnx', tinyPad());
  space.write('pad.card.json', JSON.stringify(card));
  // The same network with its classes the other way round: its P(attack) is one minus that of the first.
  const turned = space.write('turned.json', JSON.stringify({ ...card, name: 'turned', bonaFide: 'attack' }));
  const base: CheckOptions = {
    inputs: [space.path('in')],
    output: '',
    member: [{ model }, { model, card: turned, weight: 3 }],
    fusion: 'weighted',
    aligned: true,
    every: 1,
    pool: 'mean',
    photos: true,
    detector: 'mtcnn',
    select: 'largest',
    workers: 1,
  };
  const run = async (output: string, options: Partial<CheckOptions> = {}, context = listenToNothing) => {
    const outcome = await check({ ...base, output: space.path(output), ...options }, context);
    const document = (await outcome.json()) as { items: Row[] };
    return { outcome, items: document.items };
  };
  let first: Awaited<ReturnType<typeof run>>;
  before(async () => {
    for (let at = 0; at < 6; at++) await space.image(`in/${at}.png`, width, height, at + 1);
    first = await run('first');
  });
  const scores = (folder: string) => readFileSync(space.path(`${folder}/scores.csv`), 'utf8');

  it('takes 1 minus P(bona fide) of each member, and fuses them', async () => {
    const opened = await openModel(model, { threads: 1 });
    const cv = await loadOpenCv();
    for (const [at, { members, score }] of first.items.entries()) {
      const { image } = await decodeImage(space.path(`in/${at}.png`));
      const expected = 1 - bonaFideScore(card, await runImages(cv, opened, [image]), 0);
      assert.equal(members['tiny-pad'].score, expected);
      assert.ok(Math.abs(members.turned.score - (1 - expected)) < 1e-7);
      assert.ok(Math.abs(score - (expected + 3 * (1 - expected)) / 4) < 1e-7);
    }
    await opened.close();
  });

  it('writes the same scores with any number of workers, and after a stop', async () => {
    await run('three', { workers: 3 });
    assert.equal(scores('three'), scores('first'));
    const abort = new AbortController();
    let done = 0;
    await run(
      'stopped',
      {},
      {
        signal: abort.signal,
        listen: ({ type }) => {
          if (type === 'done' && ++done === 2) abort.abort();
        },
      },
    );
    assert.ok(done < 6);
    const { outcome } = await run('stopped');
    assert.equal(outcome.record.counts.done, 6);
    assert.equal(scores('stopped'), scores('first'));
  });

  it('scores the frames of a video one by one and pools them', async () => {
    const frames = [0, 60, 120, 180, 240, 30, 90];
    const video = { rate: '10/1', width, height, frames };
    space.write('videos/v.mp4', JSON.stringify(video));
    space.write('videos/broken.mp4', 'nothing');
    space.write('videos/cut.mp4', JSON.stringify({ ...video, exit: 1, says: 'bad' }));
    const { items, outcome } = await run('video', {
      inputs: [space.path('videos')],
      every: 2,
      pool: 'max',
    });
    const [checked] = items as unknown as VideoCheck[];
    assert.deepEqual(
      checked.frames.map(({ index, seconds }) => [index, seconds]),
      [0, 2, 4, 6].map((index) => [index, index / 10]),
    );
    const fused = checked.frames.map((frame) => frame.fused!);
    assert.equal(new Set(fused).size, 4, 'every frame is its own');
    assert.deepEqual(checked.pooled, poolFrames(fused));
    assert.equal(checked.score, Math.max(...fused));
    const reasons = outcome.record.skipped.map(({ reason }) => reason).sort();
    assert.equal(reasons.length, 2);
    assert.match(reasons[0], /^broken\.mp4: cannot be read as a video/);
    assert.match(reasons[1], /^cut\.mp4: is damaged after 4 frames/);
    assert.equal(readFileSync(space.path('video/frames/v.mp4.csv'), 'utf8').trim().split('\n').length, 5);
    assert.match(readFileSync(space.path('video/timelines/v.mp4.svg'), 'utf8'), /4 values from/);
  });

  it('crops known faces, and skips images whose face is not known', async () => {
    const crop = { kind: 'box', scale: 1, square: false, border: 'black' };
    const cropped = { ...card, name: 'boxed', input: { ...card.input, crop } };
    const boxed = space.write('boxed.json', JSON.stringify(cropped));
    const rows = ['path,x,y,width,height', `0.png,0,0,${width},${height}`, '1.png,2,2,10,8'];
    const boxes = space.write('boxes.csv', `${rows.join('\n')}\n`);
    const options = { member: [{ model, card: boxed }], fusion: undefined, boxes, aligned: false };
    const { items, outcome } = await run('boxed', options);
    const whole = first.items.map(({ members }) => members['tiny-pad'].score);
    assert.equal(items[0].score, whole[0]);
    assert.deepEqual(items[0].notes, []);
    assert.notEqual(items[1].score, whole[1]);
    assert.match(items[1].notes[0], /boxed takes 20 x 16 pixels and sees 10 x 8: enlarged/);
    assert.equal(outcome.record.skipped.length, 4);
    assert.match(outcome.record.skipped[0].reason, /has no row in .*boxes\.csv/);
    space.write('bad.csv', 'path,x,y,width,height\n0.png,1,1,0,4\n');
    await assert.rejects(
      run('bad', { boxes: space.path('bad.csv') }),
      /bad\.csv line 2: is no box of a face/,
    );
  });

  it('learns a logistic fusion from its own scores', async () => {
    const labels = first.items.map(({ file }, at) => `${file},${at % 2 === 0 ? 'live' : 'print'}`);
    space.write('labels.csv', `${['path,label', ...labels].join('\n')}\n`);
    const options = {
      scores: space.path('first/scores.csv'),
      member: ['tiny-pad'],
      labels: space.path('labels.csv'),
      output: space.path('fit.json'),
      ridge: 0.01,
    };
    await assert.rejects(
      fuse({ ...options, bonaFide: 'bona fide' }),
      /no label is "bona fide"; there are live, print/,
    );
    const fit = await fuse({ ...options, bonaFide: 'Live' });
    assert.deepEqual([fit.attacks, fit.bonaFides], [3, 3]);
    const ensemble = await openEnsemble({ members: [{ model }], fusion: 'logistic', fit: options.output });
    const odds = fit.offset + fit.slopes['tiny-pad'] * Math.log(0.8 / 0.2);
    assert.ok(Math.abs(judge(ensemble, [0.8]).score - 1 / (1 + Math.exp(-odds))) < 1e-12);
  });

  it('writes a report, without photographs where that is asked', async () => {
    const page = readFileSync(first.outcome.lookAt, 'utf8');
    assert.match(page, /of 6 are judged attacks at the threshold 0\.5/);
    assert.match(page, /data:image\/webp/);
    const { record, folder } = first.outcome;
    const without = { ...record, settings: { ...record.settings, photos: false } };
    const { sections } = await checkReport(folder, without);
    assert.deepEqual(
      sections.map(({ title }) => title),
      ['The networks', 'Decisions'],
    );
  });
});
