import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { countFrames } from '../../../src/dataset/video/count-frames.js';
import { frames } from '../../../src/study/liveness/frames/frames.js';
import { randomFrames } from '../../../src/study/liveness/frames/frames.task.js';
import { paddedBox } from '../../../src/study/liveness/frames/padded-face.js';
import { videoLabels } from '../../../src/study/liveness/frames/video-labels.js';
import { FakeFfmpeg } from '../../dataset/video/fake-ffmpeg.js';
import { listenToNothing, Workspace } from '../heatmaps/workspace.js';

it('pads a box by its share of the image, in whole pixels, inside the image', () => {
  // r = 20 * 30 / (200 * 100) = 0.03: 20 (1 + r) = 20.6 and 30 (1 + r) = 30.9 are cut to 20 and 30.
  const image = { width: 200, height: 100 };
  assert.deepEqual(paddedBox({ x: 90.9, y: 40.2, width: 20.7, height: 30.4 }, image), {
    x: 70,
    y: 10,
    width: 60,
    height: 90,
  });
  assert.deepEqual(paddedBox({ x: -5, y: 80, width: 20, height: 30 }, image), {
    x: 0,
    y: 50,
    width: 35,
    height: 50,
  });
});

it('draws sorted frames without replacement, the same for the same seed', () => {
  const drawn = randomFrames(1000, 50, 7);
  assert.equal(new Set(drawn).size, 50);
  assert.deepEqual(
    drawn,
    [...drawn].sort((a, b) => a - b),
  );
  assert.ok(drawn.every((index) => index >= 0 && index < 1000));
  assert.deepEqual(randomFrames(1000, 50, 7), drawn);
  assert.notDeepEqual(randomFrames(1000, 50, 8), drawn);
  assert.deepEqual(randomFrames(3, 50, 7), [0, 1, 2]);
});

describe('labels of videos', () => {
  const space = new Workspace();
  const fake = new FakeFfmpeg();
  after(() => {
    fake.remove();
    space.remove();
  });
  const video = (name: string) => ({ name, file: space.path(name), kind: 'video' }) as const;

  it('come from a table, else from the folders', async () => {
    const items = [video('live/a.mp4'), video('print/b.mp4')];
    assert.deepEqual(
      [...(await videoLabels(items, undefined)).values()],
      [
        { subject: 'a', class: 'live' },
        { subject: 'b', class: 'print' },
      ],
    );
    const table = space.write('l.csv', 'path,subject,class\nlive/a.mp4,s1,live\nprint/b.mp4,s1,print\n');
    assert.deepEqual(
      [...(await videoLabels(items, table)).values()].map(({ subject }) => subject),
      ['s1', 's1'],
    );
    await assert.rejects(videoLabels([video('c.mp4')], undefined), /lies in no folder that could name/);
    await assert.rejects(videoLabels([video('live/c.mp4')], table), /has no row in/);
    const bare = space.write('b.csv', 'path,subject\nlive/a.mp4,s1\n');
    await assert.rejects(videoLabels(items, bare), /has no column class/);
  });

  it('counts the frames of a video', async () => {
    const file = space.write(
      'v.mp4',
      JSON.stringify({ rate: '1/1', frames: [1, 2, 3], width: 1, height: 1 }),
    );
    assert.equal(await countFrames(file), 3);
    await assert.rejects(
      countFrames(space.write('text.mp4', 'no'), 'text.mp4'),
      /^Problem: text\.mp4: has no fr/,
    );
  });

  it('are refused before any work where names would collide, or there is no video', async () => {
    const options = {
      output: space.path('out'),
      count: 5,
      seed: 0,
      size: 224,
      split: { train: 0.7, validation: 0.1, test: 0.2 },
      detector: 'mtcnn',
      select: 'largest',
    } as const;
    space.write('twice/live/a.mp4', '');
    space.write('twice/live/a.avi', '');
    await assert.rejects(
      frames({ ...options, inputs: [space.path('twice')] }, listenToNothing),
      /differ by their extension only/,
    );
    space.write('two/live/a.mp4', '');
    space.write('two/print/b.mp4', '');
    await assert.rejects(
      frames({ ...options, inputs: [space.path('two')] }, listenToNothing),
      /2 subjects cannot be parted into train, validation, test/,
    );
    await space.image('images/live/a.png', 4, 4);
    await assert.rejects(
      frames({ ...options, inputs: [space.path('images')] }, listenToNothing),
      /holds no video/,
    );
  });
});
