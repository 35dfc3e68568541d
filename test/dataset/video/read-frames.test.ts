import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { probeVideo } from '../../../src/dataset/video/probe-video.js';
import { readFrames, type ReadFramesOptions } from '../../../src/dataset/video/read-frames.js';
import { requireFfmpeg } from '../../../src/dataset/video/require-ffmpeg.js';
import { Problem } from '../../../src/problem.js';
import { FakeFfmpeg } from './fake-ffmpeg.js';

describe('reading videos through ffmpeg', () => {
  const fake = new FakeFfmpeg();
  after(() => fake.remove());

  const video = (name: string, facts: object = {}): string => {
    const file = join(fake.folder, name);
    const frames = [10, 20, 30, 40, 50];
    writeFileSync(file, JSON.stringify({ rate: '30000/1001', width: 3, height: 2, frames, ...facts }));
    return file;
  };
  const grays = async (file: string, options?: ReadFramesOptions) => {
    const read: [number, number][] = [];
    for await (const { index, image } of readFrames(file, options)) {
      assert.deepEqual([image.width, image.height, image.data.length], [3, 2, 18]);
      read.push([index, image.data[17]]);
    }
    return read;
  };

  it('gives every frame, every other one, or those that are named, with their numbers', async () => {
    const file = video('a.mp4');
    const all = [10, 20, 30, 40, 50].map((gray, index) => [index, gray]);
    assert.deepEqual(await grays(file), all);
    assert.deepEqual(await grays(file, { only: { every: 2 } }), [all[0], all[2], all[4]]);
    assert.deepEqual(await grays(file, { only: { indices: [1, 4] } }), [all[1], all[4]]);
  });

  it('reads the mean frame rate and the length', async () => {
    assert.deepEqual(await probeVideo(video('a.mp4')), { frameRate: 30000 / 1001, seconds: 1.5 });
  });

  it('passes any name as one argument and through no shell', async () => {
    const name = '-i $(touch stolen) ; "a\' b.mp4';
    const file = video(name);
    assert.equal((await grays(file)).length, 5);
    const given = JSON.parse(readFileSync(join(fake.folder, 'arguments.json'), 'utf8')) as string[];
    assert.ok(given.includes(`file:${file}`));
    assert.ok(!existsSync('stolen') && !existsSync(join(fake.folder, 'stolen')));
  });

  it('says how far a damaged video could be read', async () => {
    const file = video('cut.mp4', { exit: 1, says: '[h264 @ 0x1] error while decoding MB 1 2' });
    await assert.rejects(
      grays(file, { name: 'cut.mp4' }),
      /^Problem: cut\.mp4: is damaged after 5 frames: error while decoding MB 1 2/,
    );
  });

  it('tells what ffmpeg complains about and goes on', async () => {
    const warnings: string[] = [];
    const file = video('warned.mp4', { says: '[matroska @ 0x1] File ended prematurely' });
    assert.equal((await grays(file, { onWarning: (text) => warnings.push(text) })).length, 5);
    assert.deepEqual(warnings, ['File ended prematurely']);
  });

  it('refuses what is no video, and one without pictures', async () => {
    writeFileSync(join(fake.folder, 'text.mp4'), 'no video');
    await assert.rejects(
      probeVideo(join(fake.folder, 'text.mp4'), 'text.mp4'),
      /text\.mp4: cannot be read as a video: Invalid data/,
    );
    await assert.rejects(probeVideo(video('sound.mp4', { audio: true })), /holds no video stream/);
  });

  it('ends ffmpeg when the reader leaves', async () => {
    const file = video('long.mp4', { frames: Array.from({ length: 20000 }, () => 1) });
    for await (const { index } of readFrames(file)) if (index === 2) break;
  });

  it('says what to install where ffmpeg is missing', async () => {
    const path = process.env.PATH;
    const empty = join(fake.folder, 'empty');
    mkdirSync(empty);
    process.env.PATH = empty;
    try {
      await assert.rejects(requireFfmpeg(), /^Problem: ffprobe: is not installed/);
      await assert.rejects(probeVideo('a.mp4'), (error) => {
        assert.ok(error instanceof Problem);
        assert.match(error.message, /^ffprobe: is not installed.*install ffmpeg/);
        return true;
      });
    } finally {
      process.env.PATH = path;
    }
  });
});
