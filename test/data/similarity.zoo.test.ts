import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { parse } from 'csv-parse/sync';
import type { RunRecord } from '../../src/jobs/run/run-record.js';
import type { SimilarityRunOptions } from '../../src/study/similarity/similarity-options.js';
import { runSimilarity } from '../../src/study/similarity/run.js';
import { listenToNothing, Workspace } from '../study/heatmaps/workspace.js';
import { writeStudy } from '../study/verification/pair-study.js';

const data = process.env.FACEPROBE_DATA;

/** Four people of the Face Research Lab London Set with two photographs each, and an image without a face. */
describe(
  'a similarity study of real faces',
  { skip: data === undefined && 'FACEPROBE_DATA is not set' },
  () => {
    const space = new Workspace();
    const people = ['001', '002', '004', '005'];
    after(() => space.remove());
    const card = fileURLToPath(new URL('../../../docs/cards/mobilefacenet.card.json', import.meta.url));
    const options = (output: string): SimilarityRunOptions => ({
      inputPath: [space.path('faces')],
      // The second sees the whole image, so it needs no face.
      model: [join(data!, 'models/mobilefacenet/MobileFaceNet.onnx'), space.path('model.onnx')],
      card: [`MobileFaceNet.onnx=${card}`],
      method: {
        name: 'lime',
        samples: 24,
        fill: 'gray',
        untilStable: null,
        seed: 3,
        segmentation: { method: 'grid', options: { rows: 3, columns: 3 } },
        design: 'independent',
        kernelWidth: 0.25,
        ridge: 1,
        features: null,
      },
      groups: space.path('groups.csv'),
      groupBy: ['sex'],
      batchSize: 16,
      output: space.path(output),
      detector: 'mtcnn',
      select: 'largest',
      photos: true,
      workers: 1,
    });
    before(async () => {
      await writeStudy(space, 1);
      for (const person of people) {
        for (const [folder, kind] of [
          ['neutral_front', '03'],
          ['smiling_front', '08'],
        ]) {
          const to = space.path(`faces/${person}/${kind}.jpg`);
          mkdirSync(dirname(to), { recursive: true });
          copyFileSync(join(data!, 'frll', folder, `${person}_${kind}.jpg`), to);
        }
      }
      await space.image('faces/005/noise.png', 60, 50);
      space.write('groups.csv', 'identity,sex\n001,female\n002,female\n004,male\n005,male\n');
      await runSimilarity(options('plain'), listenToNothing);
    });

    /** All but what tells when the steps ran. */
    const results = (output: string) =>
      Object.fromEntries(
        Object.entries(space.outputs(output)).filter(
          ([name]) => !['run.json', 'run.log', 'results.jsonl'].includes(basename(name)),
        ),
      );
    const record = (output: string, step: string) => space.json(`${output}/${step}/run.json`) as RunRecord;

    it('keeps the image without a face, by the model that needs none, and leaves it out of the means', () => {
      assert.deepEqual(record('plain', 'explain').counts, { items: 9, done: 9, skipped: 0, failed: 0 });
      const rows = parse<Record<string, string>>(readFileSync(space.path('plain/explain/images.csv')), {
        columns: true,
      });
      assert.deepEqual(
        rows.filter(({ image }) => image === '005/noise.png').map((row) => [row.model, row.landmarks]),
        [['tiny-embedder', 'no']],
      );
      const { results } = record('plain', 'aggregate');
      assert.deepEqual(
        [results.images, results.withoutLandmarks, results.persons, results.maps],
        [9, 1, 4, 16],
      );
      const html = readFileSync(space.path('plain/report.html'), 'utf8');
      assert.match(
        html,
        /1 of 9 images have no landmarks: their own maps are there, but they are in no mean/,
      );
    });

    it('gives the same bytes with more workers, stopped and gone on with', async () => {
      const stop = new AbortController();
      let done = 0;
      const stopped = await runSimilarity(
        { ...options('resumed'), workers: 2 },
        {
          signal: stop.signal,
          listen: ({ type }) => {
            if (type === 'done' && ++done === 3) stop.abort();
          },
        },
      );
      assert.equal(stopped.record.status, 'stopped');
      assert.ok(stopped.record.counts.done >= 3 && stopped.record.counts.done < 9);
      await runSimilarity({ ...options('resumed'), workers: 2 }, listenToNothing);
      assert.deepEqual(results('resumed'), results('plain'));
    });

    it('gives the same maps with other batches, to float32 rounding', async () => {
      await runSimilarity({ ...options('batches'), batchSize: 5 }, listenToNothing);
      for (const path of ['all', 'model/mobilefacenet', 'sex/male']) {
        const [one, other] = ['plain', 'batches'].map(
          (output) => space.map(`${output}/aggregate/means/${path}.npy`).data,
        );
        const furthest = one.reduce((most, value, at) => Math.max(most, Math.abs(value - other[at])), 0);
        assert.ok(furthest < 1e-5, `${path} differs by ${furthest}`);
      }
    });

    it('writes no photograph where none may be kept', async () => {
      await runSimilarity({ ...options('none'), photos: false }, listenToNothing);
      const names = Object.keys(space.outputs('none'));
      assert.ok(!names.some((name) => name.includes('photographs')), names.join(', '));
      assert.match(readFileSync(space.path('none/report.html'), 'utf8'), /<img /);
    });
  },
);
