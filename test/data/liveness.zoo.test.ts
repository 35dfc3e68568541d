import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { check } from '../../src/study/liveness/check/check.js';
import { frames } from '../../src/study/liveness/frames/frames.js';
import { listenToNothing, Workspace } from '../study/heatmaps/workspace.js';

const data = process.env.FACEPROBE_DATA;
const noFfmpeg = spawnSync('ffmpeg', ['-version']).error !== undefined;

describe('liveness on real faces', { skip: data === undefined && 'FACEPROBE_DATA is not set' }, () => {
  const space = new Workspace();
  after(() => space.remove());
  const faces = { detector: 'mtcnn', select: 'largest', workers: 1 } as const;

  it('tells the attacks of silentface from the bona fide photograph by default', async () => {
    const { record, json } = await check(
      {
        ...{ ...faces, inputs: [join(data!, 'silentface')], output: space.path('check') },
        ...{ every: 1, pool: 'mean', photos: false },
      },
      listenToNothing,
    );
    assert.equal(record.counts.done, 3);
    const { items } = (await json()) as { items: { file: string; score: number; decision: string }[] };
    assert.deepEqual(
      items.map(({ file, decision }) => [file.slice(-6, -4), decision]),
      [
        ['F1', 'attack'],
        ['F2', 'attack'],
        ['T1', 'bona fide'],
      ],
    );
    // Measured when this was written; the margin is wide on both sides.
    assert.ok(items[0].score > 0.98 && items[1].score > 0.98 && items[2].score < 0.05);
  });

  it(
    'takes frames and padded faces out of a video',
    { skip: noFfmpeg && 'ffmpeg is not installed' },
    async () => {
      const video = join(space.root, 'videos/live/s1.mkv');
      space.write('videos/live/readme.txt', '');
      const photo = join(data!, 'silentface/image_T1.jpg');
      const made = spawnSync('ffmpeg', [
        ...['-v', 'error', '-loop', '1', '-t', '1', '-i', photo],
        ...['-vf', 'scale=240:320,fps=6', '-c:v', 'ffv1', video],
      ]);
      assert.equal(made.status, 0, made.stderr.toString());
      const run = (output: string) =>
        frames(
          {
            ...{ ...faces, inputs: [space.path('videos')], output: space.path(output) },
            ...{ count: 2, seed: 5, size: 224, split: { train: 1, validation: 0, test: 0 } },
          },
          listenToNothing,
        );
      await run('a');
      await run('b');
      const rows = readFileSync(space.path('a/labels.csv'), 'utf8').trim().split('\n');
      assert.equal(rows.length, 3);
      assert.match(
        rows[1],
        /^faces\/live\/s1_\d_face\.jpg,s1,live,train,live\/s1\.mkv,\d,frames\/live\/s1_\d\.jpg,/,
      );
      assert.deepEqual(space.outputs('b'), space.outputs('a'), 'the same seed gives the same bytes');
    },
  );
});
