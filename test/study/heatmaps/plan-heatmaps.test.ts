import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { planHeatmaps, type PlanRequest } from '../../../src/study/heatmaps/plan-heatmaps.js';
import { gridCell, region, Workspace } from './workspace.js';

const space = new Workspace();
after(() => space.remove());
const classLabels = { zero: 'morph', one: 'bona fide' };
const planOf = (request: Omit<PlanRequest, 'classLabels'>) => planHeatmaps({ classLabels, ...request });

describe('planHeatmaps', () => {
  it('finds FRLL names below a dated folder, with either separator, from exports of a spreadsheet', async () => {
    await space.image('frll/2024_01/082_061.jpg', 4, 4);
    const regular = space.write(
      'a-regular.csv',
      '\uFEFFpath,score,label\r\nfrll\\2024_01\\082_061.jpg,0.9,1\r\n',
    );
    const grid = space.write(
      'a-grid.csv',
      '2024_01\\out\\grid-occlusion\\r0_c1\\2024_01\\082_061.jpg;0.5\r\n2024_01/out/grid-occlusion/r1_c0/2024_01/082_061.jpg;0.25\r\n',
    );
    const { items, problems, gridShape } = await planOf({ regular, grid });
    assert.deepEqual(problems, []);
    assert.deepEqual(gridShape, { rows: 2, columns: 2 });
    const [{ name, stem, file, regular: score, class: of, cells }] = items;
    assert.deepEqual([name, stem], ['2024_01/082_061.jpg', '2024_01/082_061']);
    assert.equal(file, space.path('frll/2024_01/082_061.jpg'));
    assert.deepEqual([score, of], [0.9, 'bona fide']);
    assert.deepEqual(cells, [
      { row: 0, column: 1, value: 0.5 },
      { row: 1, column: 0, value: 0.25 },
    ]);
  });

  it('lists every row and image that is left out, with its line', async () => {
    await space.image('real/1.jpg', 4, 4);
    await space.image('morph/1.jpg', 4, 4);
    await space.image('real/2.jpg', 4, 4);
    const regular = space.scores(
      'b-regular.csv',
      'path,score',
      'real/1.jpg,0.1',
      'real/1.jpg,0.9',
      'morph/1.jpg,0.2',
      'real/2.jpg,nan',
      'real/3.jpg,0.3',
      'gone/4.jpg,0.4',
    );
    const grid = space.scores(
      'b-grid.csv',
      'r0_c0/1.jpg,0.5',
      'r0_c0/real/1.jpg,0.6',
      'x/r0_c0/real/1.jpg,0.7',
      'r0_c0/unknown.jpg,0.5',
      'r0_c0/4.jpg,0.5',
    );
    const { items, problems, counts } = await planOf({ regular, grid });
    assert.deepEqual(
      items.map(({ name, regular: score, cells }) => ({ name, score, value: cells[0].value })),
      [{ name: 'real/1.jpg', score: 0.9, value: 0.7 }],
    );
    const messages = problems.map(({ message }) => message.replaceAll(space.root, '')).sort();
    const expected = [
      /^\/b-grid.csv:1: r0_c0\/1.jpg: it may belong to real\/1.jpg or morph\/1.jpg/,
      /^\/b-grid.csv:2: line 3 is of the same occlusion of real\/1.jpg/,
      /^\/b-grid.csv:4: .*no original path ends in "unknown.jpg"/,
      /^\/b-regular.csv:2: real\/1.jpg comes again in line 3/,
      /^\/b-regular.csv:4: morph\/1.jpg has no score of an occluded variant/,
      /^\/b-regular.csv:5: its score is nan/,
      /^\/b-regular.csv:6: real\/3.jpg has no score of an occluded variant/,
      /^\/b-regular.csv:7: gone\/4.jpg is not at .*\(give --images/,
    ];
    assert.equal(messages.length, expected.length, messages.join('\n'));
    expected.forEach((pattern, at) => assert.match(messages[at], pattern));
    assert.deepEqual(counts.regular, { rows: 4, dropped: 1, repeated: 1, unmatched: 0 });
    assert.deepEqual(counts.grid, { rows: 5, dropped: 0, repeated: 0, unmatched: 2 });
  });

  it('keeps the outputs of images apart that share the end of their path', async () => {
    for (const name of ['c/real/1.jpg', 'c/morph/1.jpg', 'c/real/2.jpg', 'c/real/2.bmp']) {
      await space.image(name, 4, 4);
    }
    const regular = space.scores(
      'c-regular.csv',
      'c/real/1.jpg,0.1',
      'c/morph/1.jpg,0.2',
      'c/real/2.jpg,0.3',
      'c/real/2.bmp,0.4',
    );
    const grid = space.scores(
      'c-grid.csv',
      'real/r0_c0/1.jpg,0.5',
      'morph/r0_c0/1.jpg,0.5',
      'r0_c0/2.jpg,0.5',
      'r0_c0/2.bmp,0.5',
    );
    const { items, problems } = await planOf({ regular, grid });
    assert.deepEqual(problems, []);
    assert.deepEqual(
      items.map(({ name, stem }) => [name, stem]),
      [
        ['2.bmp', '2.bmp'],
        ['2.jpg', '2.jpg'],
        ['morph/1.jpg', 'morph/1'],
        ['real/1.jpg', 'real/1'],
      ],
    );
  });

  it('finds the record of occlude from the paths, also of lossless variants, and the photograph through it', async () => {
    await space.image('d/crops/a/1.jpg', 4, 4);
    const occlusions = [gridCell(0, 0, 0, 0, 4, 4), region('nose', [0, 0], [2, 0], [2, 2])];
    await space.occluded('d/out', space.path('d/crops'), { 'a/1.jpg': { width: 4, height: 4, occlusions } });
    const regular = space.scores('d/regular.csv', 'elsewhere/a/1.jpg,0.9');
    const grid = space.scores('d/grid.csv', 'out/grid-occlusion/r0_c0/a/1.png,0.5');
    const landmark = space.scores('d/landmark.csv', 'moved/nose/a/1.png,0.5');
    const derived = await planOf({ regular, grid, landmark });
    assert.equal(derived.items[0].file, space.path('d/crops/a/1.jpg'));
    assert.equal(derived.items[0].recordedCells?.path, space.path('d/out/results.jsonl'));
    assert.equal(derived.items[0].recordedRegions, undefined);
    assert.match(derived.notes.join('\n'), /regions of 1 images are computed .*not recorded/);
    const named = await planOf({ regular, grid, landmark, occlusions: space.path('d/out') });
    assert.deepEqual(named.items[0].recordedRegions, named.items[0].recordedCells);
    assert.deepEqual(named.notes, []);
    await assert.rejects(
      planOf({ regular, grid, landmark, occlusions: space.path('d/crops') }),
      /crops: holds no run of faceprobe occlude/,
    );
  });

  it('takes with --compat upstream only images that are in all files, and their first match', async () => {
    await space.image('e/x/1.jpg', 4, 4);
    await space.image('e/y/1.jpg', 4, 4);
    const regular = space.scores('e/regular.csv', 'x/1.jpg,0.1', 'y/1.jpg,0.2');
    const grid = space.scores('e/grid.csv', 'r0_c0/1.jpg,0.5', 'r0_c0/y/1.jpg,0.5');
    const landmark = space.scores('e/landmark.csv', 'nose/1.jpg,0.5');
    const { items, problems } = await planOf({ regular, grid, landmark, compat: 'upstream' });
    assert.deepEqual(
      items.map(({ file }) => file),
      [space.path('e/x/1.jpg')],
    );
    assert.match(problems.map(({ message }) => message).join(), /y\/1.jpg has no score in the landmark file/);
  });

  it('refuses to work without any file of occluded scores', async () => {
    await assert.rejects(planOf({ regular: 'r.csv' }), /give --grid FILE, --landmark FILE or both/);
  });
});
