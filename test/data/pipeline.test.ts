import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { readRunRecord } from '../../src/jobs/run/read-run-record.js';
import { runCommands } from '../cli/run-commands.js';

const data = process.env.FACEPROBE_DATA;

/** The occlusion study as a newcomer runs it, on photographs of the Face Research Lab London Set. */
describe(
  'the occlusion study on real faces',
  { skip: data === undefined && 'FACEPROBE_DATA is not set' },
  () => {
    const root = mkdtempSync(join(tmpdir(), 'faceprobe-pipeline-'));
    after(() => rmSync(root, { recursive: true }));
    const at = (path: string) => join(root, path);
    const photographs = ['001_03.jpg', '002_03.jpg', '004_03.jpg', '005_03.jpg'];

    it('crops, occludes, scores and draws, and nothing is lost on the way', async () => {
      mkdirSync(at('2024_01'));
      for (const name of photographs)
        copyFileSync(join(data!, 'frll', 'neutral_front', name), at(`2024_01/${name}`));
      const results = await runCommands([
        ['crop', '--input_path', at('2024_01'), '--output_path', at('crops/2024_01'), '--margin', '0.2'],
        ['occlude', '--mode', 'both', '--input', at('crops'), '--output', at('occluded')],
        [
          'score',
          '--model',
          'fr_liveness',
          '--aligned',
          '--input-path',
          at('crops'),
          '--output',
          at('regular.csv'),
        ],
        ...['grid', 'landmark'].map((kind) => [
          ...['score', '--model', 'fr_liveness', '--aligned'],
          ...['--input-path', at(`occluded/${kind}-occlusion`), '--output', at(`${kind}.csv`)],
        ]),
        [
          ...[
            'heatmaps',
            '--regular',
            at('regular.csv'),
            '--grid',
            at('grid.csv'),
            '--landmark',
            at('landmark.csv'),
          ],
          ...['--output', at('heatmaps'), '--heatmap-mode', 'diff', '--dpi', '50'],
        ],
        [
          ...[
            'explain',
            'occlusion',
            '--model',
            'fr_liveness',
            '--target',
            'logit:bona-fide',
            '--window',
            '32',
          ],
          ...['--stride', '32', '--dpi', '50', '--output', at('maps'), at('2024_01')],
        ],
      ]);
      for (const { status, stderr } of results) assert.equal(status, 0, stderr);

      const occluded = readdirSync(at('occluded'), { recursive: true }).filter((file) =>
        String(file).endsWith('.jpg'),
      );
      assert.equal(occluded.length, photographs.length * (16 + 4));
      for (const kind of ['grid', 'landmarks', 'combined']) {
        for (const name of photographs)
          readFileSync(at(`heatmaps/${kind}/2024_01/${name.replace('.jpg', '.png')}`));
      }
      for (const run of ['crops/2024_01', 'occluded', 'heatmaps', 'maps']) {
        const record = readRunRecord(at(run))!;
        assert.deepEqual(
          [record.status, record.counts.done, record.skipped],
          ['done', photographs.length, []],
          run,
        );
      }
      for (const report of ['heatmaps/report.html', 'maps/report.html']) {
        assert.match(readFileSync(at(report), 'utf8'), /Regions ranked by effect/);
      }
    });
  },
);
