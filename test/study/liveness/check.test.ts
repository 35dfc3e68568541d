import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { check } from '../../../src/study/liveness/check/check.js';
import type { CheckOptions } from '../../../src/study/liveness/check/check-options.js';
import { poolFrames } from '../../../src/study/liveness/check/pool-frames.js';
import { fuse } from '../../../src/study/liveness/fuse/fuse.js';
import { score } from '../../../src/study/score/score.js';
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

  const run = async (output: string, options: Partial<CheckOptions> = {}) => {
    const outcome = await check(
      {
        inputs: [space.path('in')],
        output: space.path(output),
        member: [{ model }],
        aligned: true,
        every: 1,
        pool: 'mean',
        photos: true,
        detector: 'mtcnn',
        select: 'largest',
        workers: 1,
        ...options,
      },
      listenToNothing,
    );
    const document = (await outcome.json()) as { items: Row[] };
    return { outcome, items: document.items };
  };
  const images = async () => {
    for (let at = 0; at < 6; at++) await space.image(`in/${at}.png`, width, height, at + 1);
  };

  it('gives 1 minus P(bona fide) of `score`, and fuses the members', async () => {
    await images();
    const common = { model, aligned: true, detector: 'mtcnn', select: 'largest', workers: 1 } as const;
    await score({ ...common, inputPath: space.path('in'), output: space.path('s.csv') }, listenToNothing);
    const expected = readFileSync(space.path('s.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => 1 - Number(line.split(',')[1]));
    const { items } = await run('one');
    assert.deepEqual(
      items.map((item) => item.score),
      expected,
    );
    const { items: fused } = await run('two', {
      member: [{ model }, { model, card: turned, weight: 3 }],
      fusion: 'weighted',
    });
    for (const [at, { members, score: weighted }] of fused.entries()) {
      assert.equal(members['tiny-pad'].score, expected[at]);
      assert.ok(Math.abs(members.turned.score - (1 - expected[at])) < 1e-7);
      assert.ok(Math.abs(weighted - (expected[at] + 3 * (1 - expected[at])) / 4) < 1e-7);
    }
  });

  it('writes the same scores with any number of workers, and after a stop', async () => {
    await images();
    const file = (folder: string) => readFileSync(space.path(`${folder}/scores.csv`), 'utf8');
    await run('w1');
    await run('w3', { workers: 3 });
    assert.equal(file('w3'), file('w1'));
    const abort = new AbortController();
    let done = 0;
    const options = {
      inputs: [space.path('in')],
      output: space.path('stopped'),
      member: [{ model }],
      aligned: true,
    };
    const rest = {
      every: 1,
      pool: 'mean',
      photos: true,
      detector: 'mtcnn',
      select: 'largest',
      workers: 1,
    } as const;
    await check(
      { ...options, ...rest },
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
    assert.equal(file('stopped'), file('w1'));
  });

  it('scores the frames of a video one by one and pools them', async () => {
    const frames = [0, 60, 120, 180, 240];
    for (const gray of frames) {
      const data = new Uint8Array(3 * width * height).fill(gray);
      space.write(`gray/${String(gray).padStart(3, '0')}.ppm`, data);
    }
    space.write('videos/v.mp4', JSON.stringify({ rate: '10/1', width, height, frames }));
    space.write('videos/broken.mp4', 'nothing');
    space.write(
      'videos/cut.mp4',
      JSON.stringify({ rate: '10/1', width, height, frames, exit: 1, says: 'bad' }),
    );
    const { items, outcome } = await run('video', { inputs: [space.path('videos')], pool: 'max' });
    const [video] = items as unknown as {
      frames: { seconds: number; fused: number }[];
      pooled: Record<string, number>;
      score: number;
    }[];
    assert.deepEqual(
      video.frames.map(({ seconds }) => seconds),
      [0, 0.1, 0.2, 0.3, 0.4],
    );
    const fused = video.frames.map((frame) => frame.fused);
    assert.equal(new Set(fused).size, 5);
    assert.deepEqual(video.pooled, poolFrames(fused));
    assert.equal(video.score, Math.max(...fused));
    const reasons = outcome.record.skipped.map(({ reason }) => reason);
    assert.equal(reasons.length, 2);
    assert.ok(reasons.some((reason) => reason.startsWith('broken.mp4: cannot be read as a video')));
    assert.ok(reasons.some((reason) => reason.startsWith('cut.mp4: is damaged after 5 frames')));
    const rows = readFileSync(space.path('video/frames/v.mp4.csv'), 'utf8').trim().split('\n');
    assert.equal(rows.length, 6);
    assert.match(readFileSync(space.path('video/timelines/v.mp4.svg'), 'utf8'), /5 values from/);
    const every = await run('every', { inputs: [space.path('videos/v.mp4')], every: 2 });
    const [{ frames: looked }] = every.items as unknown as { frames: { index: number; fused: number }[] }[];
    assert.deepEqual(
      looked.map(({ index, fused: each }) => [index, each]),
      [0, 2, 4].map((index) => [index, fused[index]]),
    );
  });

  it('crops known faces, and skips images whose face is not known', async () => {
    await images();
    const cropped = {
      ...card,
      name: 'boxed',
      input: { ...card.input, crop: { kind: 'box', scale: 1, square: false, border: 'black' } },
    };
    const boxed = space.write('boxed.json', JSON.stringify(cropped));
    const rows = ['path,x,y,width,height', `0.png,0,0,${width},${height}`, '1.png,2,2,10,8'];
    const boxes = space.write('boxes.csv', `${rows.join('\n')}\n`);
    const { items, outcome } = await run('boxed', {
      member: [{ model, card: boxed }],
      boxes,
      aligned: false,
    });
    const { items: whole } = await run('whole');
    assert.equal(items[0].score, whole[0].score);
    assert.deepEqual(items[0].notes, []);
    assert.notEqual(items[1].score, whole[1].score);
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
    await images();
    await run('learn', { member: [{ model }, { model, card: turned }], fusion: 'mean' });
    const labels = [
      'path,label',
      ...[0, 1, 2, 3, 4, 5].map((at) => `${space.path(`in/${at}.png`)},${at % 2 === 0 ? 'live' : 'print'}`),
    ];
    space.write('labels.csv', `${labels.join('\n')}\n`);
    const options = {
      scores: space.path('learn/scores.csv'),
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
    const { items } = await run('fused', { fusion: 'logistic', fit: options.output });
    for (const { score: fused, members } of items) {
      const p = members['tiny-pad'].score;
      const odds = fit.offset + fit.slopes['tiny-pad'] * Math.log(p / (1 - p));
      assert.ok(Math.abs(fused - 1 / (1 + Math.exp(-odds))) < 1e-12);
    }
  });

  it('writes a report, without photographs where that is asked', async () => {
    await images();
    const { outcome } = await run('reported');
    const page = readFileSync(outcome.lookAt, 'utf8');
    assert.match(page, /of 6 are judged attacks at the threshold 0\.5/);
    assert.match(page, /data:image\/webp/);
    const { outcome: without } = await run('private', { photos: false });
    assert.doesNotMatch(readFileSync(without.lookAt, 'utf8'), /data:image/);
  });
});
