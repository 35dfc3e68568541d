import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import type { RunRecord } from '../../src/jobs/run/run-record.js';
import { findEntry } from '../../src/model/zoo/catalogue.js';
import { fetchFiles } from '../../src/model/zoo/fetch-files.js';
import type { CropResult } from '../../src/study/crop/crop.task.js';
import { runCommands } from './run-commands.js';

interface Found {
  file: string;
  faces: { box: [number, number, number, number]; score: number }[];
}

describe('photographs with no face, many faces, and a face at the border', () => {
  let root: string;
  let photos: string;
  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'faceprobe-'));
    photos = join(root, 'photos');
    mkdirSync(photos);
    const files = await fetchFiles(await findEntry('photographs'));
    copyFileSync(files[2], join(photos, 'many.jpg'));
    const wall = sharp({ create: { width: 300, height: 200, channels: 3, background: '#7080a0' } });
    writeFileSync(join(photos, 'no face.png'), await wall.png().toBuffer());
    writeFileSync(join(photos, 'broken.jpg'), readFileSync(files[2]).subarray(0, 20_000));
    // The one face of this photograph, without its left quarter.
    const [{ stdout }] = await runCommands([['detect', files[1], '--json', '--quiet']]);
    const [x, y, width, height] = (JSON.parse(stdout) as Found[])[0].faces[0].box.map(Math.round);
    const border = { left: x + Math.round(width / 4), top: y - 10, width: width * 2, height: height + 40 };
    await sharp(files[1]).extract(border).png().toFile(join(photos, 'border.png'));
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  it('are cropped by the rule that was asked for, cut at the border, or left out with their reason', async () => {
    const rules = ['first', 'largest', 'confident'];
    const [detected, ...crops] = await runCommands([
      ['detect', join(photos, 'many.jpg'), '--json', '--quiet'],
      ...rules.map((rule) => [
        ...['crop', '--input-path', photos, '--output-path', join(root, rule), '--select', rule],
        ...['--strict', '--workers', '2'],
      ]),
    ]);
    const [{ faces }] = JSON.parse(detected.stdout) as Found[];
    assert.ok(faces.length >= 3);
    const area = ({ box }: Found['faces'][number]) => box[2] * box[3];
    const wanted = {
      first: faces[0],
      largest: faces.reduce((best, face) => (area(face) > area(best) ? face : best)),
      confident: faces.reduce((best, face) => (face.score > best.score ? face : best)),
    };
    for (const [i, [rule, { box, score }]] of Object.entries(wanted).entries()) {
      assert.equal(crops[i].status, 3, crops[i].stderr);
      const folder = join(root, rule);
      const { counts, skipped } = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as RunRecord;
      assert.deepEqual(counts, { items: 4, done: 2, skipped: 2, failed: 0 });
      const reasons = skipped.map(({ reason }) => reason).sort();
      assert.match(reasons[0], /^broken\.jpg: is cut off/);
      assert.match(reasons[1], /^no face\.png: no face: mtcnn finds none in this image/);
      assert.ok(!existsSync(join(folder, 'no face.png')));
      const results = new Map(
        readFileSync(join(folder, 'results.jsonl'), 'utf8')
          .trimEnd()
          .split('\n')
          .map((line) => {
            const { item, result } = JSON.parse(line) as { item: string; result: CropResult };
            return [item, result];
          }),
      );
      const many = results.get('many.jpg')!;
      assert.deepEqual([many.faces, many.score], [faces.length, score]);
      assert.deepEqual([many.box.x, many.box.y, many.box.width, many.box.height], box);
      const border = results.get('border.png')!;
      assert.ok(border.box.x < 0, `x ${border.box.x}`);
      assert.ok(border.notes.includes('the box was cut at the border'));
      const { width } = await sharp(join(folder, 'border.png')).metadata();
      assert.equal(width, Math.round(border.box.x + border.box.width));
    }
  });
});
