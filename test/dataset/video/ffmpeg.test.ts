import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { probeVideo } from '../../../src/dataset/video/probe-video.js';
import { readFrames } from '../../../src/dataset/video/read-frames.js';

const missing = spawnSync('ffmpeg', ['-version']).error !== undefined;

describe('the installed ffmpeg', { skip: missing && 'ffmpeg is not installed' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'faceprobe-video-'));
  const file = join(folder, 'a: b.mkv');
  after(() => rmSync(folder, { recursive: true }));

  it('gives the frames of a lossless video to the last bit', async () => {
    // Five gray frames that brighten; FFV1 keeps every sample.
    const frames = [0, 50, 100, 150, 200];
    const raw = Buffer.concat(frames.map((gray) => Buffer.alloc(3 * 64 * 48, gray)));
    const made = spawnSync(
      'ffmpeg',
      ['-v', 'error', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', '64x48', '-r', '25', '-i', '-'].concat([
        '-c:v',
        'ffv1',
        '-pix_fmt',
        'bgr0',
        file,
      ]),
      { input: raw },
    );
    assert.equal(made.status, 0, made.stderr.toString());
    assert.equal((await probeVideo(file)).frameRate, 25);
    const read: [number, number, boolean][] = [];
    for await (const { index, image } of readFrames(file, { only: { indices: [1, 3] } })) {
      const gray = image.data[0];
      read.push([index, gray, image.width === 64 && image.data.every((sample) => sample === gray)]);
    }
    assert.deepEqual(read, [
      [1, 50, true],
      [3, 150, true],
    ]);
  });

  it('says that a file cut off inside its header is no video', async () => {
    const cut = join(folder, 'cut.mkv');
    writeFileSync(cut, readFileSync(file).subarray(0, 100));
    await assert.rejects(probeVideo(cut, 'cut.mkv'), /^Problem: cut\.mkv: cannot be read as a video/);
  });
});
