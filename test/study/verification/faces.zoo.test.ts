import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import type { RunRecord } from '../../../src/jobs/run/run-record.js';
import { findEntry } from '../../../src/model/zoo/catalogue.js';
import { fetchFiles } from '../../../src/model/zoo/fetch-files.js';
import { readRegionsTable } from '../../../src/study/verification/explain/regions-table.js';
import { runCommands } from '../../cli/run-commands.js';
import { Workspace } from '../heatmaps/workspace.js';

describe('verification explain on photographs', () => {
  const space = new Workspace();
  before(async () => {
    mkdirSync(space.path('photos'));
    const files = await fetchFiles(await findEntry('photographs'));
    for (const at of [1, 2, 3]) copyFileSync(files[at], space.path(`photos/${at}.jpg`));
    const wall = sharp({ create: { width: 300, height: 200, channels: 3, background: '#7080a0' } });
    writeFileSync(space.path('photos/wall.png'), await wall.png().toBuffer());
    await sharp(files[1]).flop().jpeg().toFile(space.path('photos/1 turned.jpg'));
  });
  after(() => space.remove());

  it('leaves out a pair without a face, and finds evidence in the regions of the others', async () => {
    const rows = ['1.jpg,1 turned.jpg,1', '1.jpg,2.jpg,0', '1.jpg,3.jpg,0', '1.jpg,wall.png,0'];
    const pairs = space.write('photos/pairs.csv', `file_a,file_b,same\n${rows.join('\n')}\n`);
    const [{ status, stderr, stdout }] = await runCommands([
      [
        ...['verification', 'explain', '--pairs', pairs, '--model', 'fr_feature', '--workers', '1'],
        ...[
          '--at',
          '0.4',
          '--figures',
          'none',
          '--maps',
          'none',
          '--strict',
          '--output',
          space.path('study'),
        ],
      ],
    ]);
    assert.equal(status, 0, stderr);
    assert.match(stderr, /one pair is left out.*wall\.png: no face: mtcnn finds none in this image/);
    assert.match(stdout, /report\.html$/m);
    const { skipped } = space.json('study/threshold/run.json') as RunRecord;
    assert.deepEqual(
      skipped.map(({ item }) => item),
      ['wall.png', '0003 1 wall'],
    );
    const rowsOf = await readRegionsTable(space.path('study/explain/regions.csv'));
    const nose = rowsOf.filter(({ region }) => region === 'nose');
    assert.deepEqual(
      nose.map(({ outcome, pairs: n }) => [outcome, n]),
      [
        ['all', 3],
        ['true match', 1],
        ['true non-match', 2],
      ],
    );
    // A recogniser of faces looks at noses more than at the frame.
    for (const { area, positive } of nose) assert.ok(positive!.mean > area);
    assert.ok(
      readFileSync(space.path('study/threshold/thresholds.csv'), 'utf8').includes('\ngiven,yes,0.4,'),
    );
  });
});
