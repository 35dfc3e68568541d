import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { heatmaps, type HeatmapsOptions } from '../../../src/study/heatmaps/heatmaps.js';
import { defaults, gridCell, listenToNothing, region, Workspace } from './workspace.js';

const space = new Workspace();
after(() => space.remove());
const none = Number.NaN;

const run = (
  options: Pick<HeatmapsOptions, 'regular' | 'output'> & Partial<HeatmapsOptions>,
  context = listenToNothing,
) => heatmaps({ ...defaults, ...options }, context);

/** 8 x 6 pixels; neither the cells nor the region are where they would be computed. */
const cells = [
  gridCell(0, 0, 0, 0, 3, 2),
  gridCell(0, 1, 3, 0, 5, 2),
  gridCell(1, 0, 0, 2, 3, 4),
  gridCell(1, 1, 3, 2, 5, 4),
];
const nose = region('nose', [2, 1], [5, 1], [5, 4], [2, 4]);
const inNose = (x: number, y: number) => x >= 2 && x <= 5 && y >= 1 && y <= 4;
const cellAt = (x: number, y: number) => (y < 2 ? 0 : 2) + (x < 3 ? 0 : 1);
const pixels = (value: (x: number, y: number) => number) =>
  Array.from({ length: 48 }, (_, at) => value(at % 8, Math.floor(at / 8)));
const closeTo = (actual: readonly number[], expected: readonly number[]) => {
  assert.equal(actual.length, expected.length);
  actual.forEach((value, at) => {
    assert.ok(
      Number.isNaN(expected[at]) ? Number.isNaN(value) : Math.abs(value - expected[at]) <= 1e-7,
      `value ${at} is ${value}, not ${expected[at]}`,
    );
  });
};

describe('heatmaps', () => {
  let files: { regular: string; grid: string; landmark: string };
  before(async () => {
    const images = ['real/1.jpg', 'real/2.jpg', 'morph/1.jpg'];
    for (const [seed, name] of images.entries()) await space.image(`crops/${name}`, 8, 6, seed);
    const entry = { width: 8, height: 6, occlusions: [...cells, nose] };
    await space.occluded(
      'occl',
      space.path('crops'),
      Object.fromEntries(images.map((name) => [name, entry])),
    );
    files = {
      regular: space.scores(
        'regular.csv',
        'crops/real/1.jpg,0.9,1',
        'crops/real/2.jpg,0.5,1',
        'crops/morph/1.jpg,0.2,0',
        'crops/sub/../../outside.jpg,0.5,0',
      ),
      grid: space.scores(
        'grid.csv',
        ...images.flatMap((name, at) => [
          `occl/grid-occlusion/r0_c0/${name},0.${at + 1}`,
          `occl/grid-occlusion/r0_c1/${name},0.${at + 2}`,
          `occl/grid-occlusion/r1_c0/${name},0.${at + 3}`,
        ]),
        'occl/grid-occlusion/r1_c1/real/2.jpg,0.8',
        'occl/grid-occlusion/r0_c0/../../outside.jpg,0.5',
      ),
      landmark: space.scores(
        'landmark.csv',
        ...images.map((name) => `occl/landmark-occlusion/nose/${name},0`),
      ),
    };
    // What an outside path names exists, so that only the name of its output keeps it from being drawn.
    await space.image('outside.jpg', 8, 6);
  });

  it('draws what was recorded: cells, a region and the composite of both', async () => {
    const { record } = await run({ ...files, output: space.path('both'), heatmapMode: 'diff' });
    assert.equal(record.counts.done, 3);
    const effects = [0.8, 0.7, 0.6, none];
    const expected = pixels((x, y) => {
      const cell = effects[cellAt(x, y)];
      return inNose(x, y) ? 0.5 * cell + 0.5 * 0.9 : cell;
    });
    const { data, shape } = space.map('both/maps/real/1.npy');
    assert.deepEqual(shape, [6, 8]);
    closeTo(data, expected);
    // A map is signed: hiding a cell of the morph makes it look more genuine.
    closeTo([space.map('both/maps/morph/1.npy').data[0]], [0.2 - 0.3]);

    const sidecar = space.json('both/maps/real/1.json') as Record<string, unknown>;
    assert.deepEqual(sidecar.footprints, { cells: 'recorded', regions: 'recorded' });
    assert.deepEqual(sidecar.notes, ['no score of r1_c1']);
    assert.deepEqual(sidecar.regions, [{ name: 'nose', score: 0, footprint: nose.footprint, value: 0.9 }]);
    assert.deepEqual(sidecar.score, { name: 'P(bona fide)', zero: 'morph', one: 'bona fide' });
    for (const folder of ['grid', 'landmarks', 'combined']) {
      for (const name of [
        'real/1',
        'real/2',
        'morph/1',
        'average_heatmap',
        'average_heatmap_morph',
        'average_heatmap_bona_fide',
      ]) {
        assert.ok(existsSync(space.path(`both/${folder}/${name}.png`)), `${folder}/${name}`);
      }
    }
    const index = space.json('both/overlays_index.json');
    assert.deepEqual(
      (index as { image: string }[]).find(({ image }) => image === 'morph/1.jpg'),
      {
        image: 'morph/1.jpg',
        ok: true,
        grid_out: 'grid/morph/1.png',
        landmark_out: 'landmarks/morph/1.png',
        combined_out: 'combined/morph/1.png',
      },
    );
  });

  it('averages with and without signs, overall and per class, and ranks by effect', () => {
    const table = readFileSync(space.path('both/average.csv'), 'utf8')
      .trim()
      .split('\n')
      .map((row) => row.split(','));
    const row = (group: string, name: string) =>
      table
        .find(([g, n]) => g === group && n === name)!
        .slice(2)
        .map(Number);
    // real/1: 0.9 - 0.1, real/2: 0.5 - 0.2, morph/1: 0.2 - 0.3.
    closeTo(row('all', 'r0_c0'), [3, 0.2, 1.6 / 3, 1 / 3, 1 / 3, 0.4]);
    closeTo(row('morph', 'r0_c0'), [1, 0.3, 0.2, -0.1, 0.1, 0.1]);
    closeTo(row('bona fide', 'nose'), [2, 0, 0.7, 0.7, 0.7, 0.7]);
    const average = space.map('both/landmarks/average_heatmap.npy');
    closeTo(
      average.data,
      pixels((x, y) => (inNose(x, y) ? 1.6 / 3 : none)),
    );
    const composite = space.map('both/combined/average_heatmap.npy').data;
    closeTo([composite[0], composite[8 + 2]], [0.4, 0.5 * 0.4 + 0.5 * (1.6 / 3)]);
    const ranking = readFileSync(space.path('both/regions.csv'), 'utf8').trim().split('\n');
    assert.match(ranking[1], /^all,1,nose,3,3,0\.5333/);
    assert.match(readFileSync(space.path('both/cells.csv'), 'utf8'), /^all,1,r0_c0,3,3,0\.3999/m);
  });

  it('never writes outside, and says what it left out', () => {
    const record = space.json('both/run.json') as { skipped: { item: string; reason: string }[] };
    assert.ok(
      record.skipped.some(({ reason }) => reason.includes('outside.jpg')),
      JSON.stringify(record.skipped),
    );
    assert.ok(!existsSync(space.path('outside.png')) && !existsSync(space.path('both/outside.png')));
    assert.match(readFileSync(space.path('both/run.log'), 'utf8'), /WARNING .*outside\.jpg/);
  });

  it('gives the same bytes with two workers, and after it was stopped', async () => {
    const expected = space.outputs('both');
    await run({ ...files, output: space.path('two'), heatmapMode: 'diff', workers: 2 });
    assert.deepEqual(space.outputs('two'), expected);

    const controller = new AbortController();
    const stopped = await run(
      { ...files, output: space.path('resumed'), heatmapMode: 'diff' },
      {
        signal: controller.signal,
        listen: ({ type }) => {
          if (type === 'done') controller.abort();
        },
      },
    );
    assert.equal(stopped.record.status, 'stopped');
    assert.ok(stopped.record.counts.done < 3);
    const { record } = await run({ ...files, output: space.path('resumed'), heatmapMode: 'diff' });
    assert.equal(record.counts.done, 3);
    assert.deepEqual(space.outputs('resumed'), expected);
    await assert.rejects(
      run({ ...files, output: space.path('resumed') }),
      /holds a run with another mode: "diff", not "occluded"/,
    );
  });

  it('does with the grid alone, its cells computed where nothing is recorded', async () => {
    await space.image('plain/a.png', 5, 3);
    const regular = space.scores('plain-regular.csv', 'plain/a.png,0.75');
    const grid = space.scores(
      'plain-grid.csv',
      ...[0.125, 0.25, 0.5, 0.75].map((score, at) => `r${at >> 1}_c${at & 1}/a.png,${score}`),
    );
    const { record } = await run({
      regular,
      grid,
      output: space.path('plain-out'),
      generatedHeatmaps: 'individual',
    });
    // Borders are rounded half to even: 2.5 to 2 and 1.5 to 2.
    const expected = Array.from(
      { length: 15 },
      (_, at) => [0.125, 0.25, 0.5, 0.75][(at < 10 ? 0 : 2) + (at % 5 < 2 ? 0 : 1)],
    );
    assert.deepEqual(space.map('plain-out/maps/a.npy').data, expected);
    assert.ok(
      !existsSync(space.path('plain-out/landmarks')) && !existsSync(space.path('plain-out/combined')),
    );
    assert.match(JSON.stringify(record.results), /grid cells of 1 images are computed from the size/);
  });

  it('does with the regions alone, and without photographs', async () => {
    const { regular, landmark } = files;
    await run({ regular, landmark, output: space.path('regions'), photos: false, generatedHeatmaps: 'both' });
    closeTo(
      space.map('regions/maps/real/1.npy').data,
      pixels((x, y) => (inNose(x, y) ? 0 : none)),
    );
    assert.ok(!existsSync(space.path('regions/grid')));
    assert.ok(existsSync(space.path('regions/landmarks/average_heatmap.png')));
  });

  it('refuses an image that is not the one that was occluded', async () => {
    await space.image('small/real/1.jpg', 4, 3);
    const { grid } = files;
    const regular = space.scores('small-regular.csv', 'small/real/1.jpg,0.5');
    await assert.rejects(
      run({ regular, grid, output: space.path('small-out') }),
      /none of \d+ inputs could be used/,
    );
    const log = readFileSync(space.path('small-out/run.log'), 'utf8');
    assert.match(log, /real\/1\.jpg: was 8x6 when parts of it were hidden, and is 4x3 now/);
  });

  it('refuses a file without any match, with the first reason', async () => {
    const grid = space.scores('no-grid.csv', 'r0_c0/nobody.jpg,0.5');
    await assert.rejects(
      run({ regular: files.regular, grid, output: space.path('nothing') }),
      /nothing: none of \d+ inputs could be used; the first: .*no-grid\.csv:1: .*no original path ends in/,
    );
  });
});
