import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { parse } from 'csv-parse/sync';
import { encodeImage } from '../../../src/dataset/encode-image.js';
import type { Card } from '../../../src/model/card.js';
import { attribute } from '../../../src/onnx/attributes.js';
import { encodeModel } from '../../../src/onnx/codec/encode-model.js';
import { Constant } from '../../../src/onnx/constant.js';
import { GraphBuilder } from '../../../src/onnx/graph-builder.js';
import { Problem } from '../../../src/problem.js';
import { analyse, type AnalysisSummary } from '../../../src/study/liveness/analyse/analyse.js';
import type { AnalyseOptions } from '../../../src/study/liveness/analyse/analyse-options.js';
import { mapCaption } from '../../../src/study/liveness/analyse/analyse-report.js';
import { compareGroups } from '../../../src/study/liveness/analyse/compare-groups.js';
import { scaleOfMap } from '../../../src/study/liveness/analyse/map-picture.js';
import { floatInfo, modelOf } from '../../onnx/tiny-model.js';
import { Workspace } from '../heatmaps/workspace.js';

const side = 4;
const space = new Workspace();
after(() => space.remove());

/** Outputs: [spoof, live] logits out of the mean red, the green channel as depth, the image as reflection, two traits. */
function richNetwork(): Uint8Array {
  const builder = new GraphBuilder();
  const x = builder.reserve('x');
  const pooled = builder.node('Flatten', [builder.node('GlobalAveragePool', [x])], {
    axis: attribute.int(1),
  });
  const gemm = (weights: readonly number[], bias: readonly number[], output: string) => {
    const w = builder.constant(Constant.float32(weights, [3, bias.length]));
    builder.node('Gemm', [pooled, w, builder.constant(Constant.float32(bias))], {}, { outputs: [output] });
  };
  gemm([0, 8, 0, 0, 0, 0], [4, 0], 'live');
  gemm([0, 0, 0, 0, 0, 4], [0, -2], 'traits');
  const bounds = [[1], [2], [1]].map((values) => builder.constant(Constant.int64(values)));
  builder.node('Slice', [x, ...bounds], {}, { outputs: ['depth'] });
  builder.node('Identity', [x], {}, { outputs: ['shine'] });
  return encodeModel(
    modelOf(
      builder.build({
        inputs: [floatInfo('x', ['n', 3, side, side])],
        outputs: [
          floatInfo('live', ['n', 2]),
          floatInfo('traits', ['n', 2]),
          floatInfo('depth', ['n', 1, side, side]),
          floatInfo('shine', ['n', 3, side, side]),
        ],
      }),
    ),
  );
}

const card: Card = {
  name: 'tiny-rich',
  task: 'pad',
  input: {
    width: side,
    height: side,
    layout: 'NCHW',
    channels: 'RGB',
    mean: [0],
    std: [255],
    crop: { kind: 'whole' },
    resize: 'nearest',
  },
  outputs: {
    live: { kind: 'logits', classes: ['spoof', 'true'] },
    traits: { kind: 'attributes', names: ['Hat', 'Blue'], activation: 'sigmoid' },
    depth: { kind: 'map', meaning: 'green', channels: ['depth'], activation: 'none' },
    shine: { kind: 'map', meaning: 'the image', channels: ['red', 'green', 'blue'], activation: 'none' },
  },
  bonaFide: 'true',
};

/** An image of the given red; its green rises from left to right, or is flat. */
async function image(path: string, red: number, flat: boolean): Promise<void> {
  const data = Uint8Array.from({ length: 3 * side * side }, (_, i) => {
    if (i % 3 === 0) return red;
    if (i % 3 === 2) return 51;
    return flat ? 102 : 51 * (Math.floor(i / 3) % side);
  });
  space.write(path, await encodeImage({ width: side, height: side, channels: 3, data }, 'png'));
}

async function analysed(output: string, options: Partial<AnalyseOptions> = {}): Promise<AnalysisSummary> {
  const { record } = await analyse(
    {
      inputs: [space.path('set')],
      output: space.path(output),
      model: space.path('rich.onnx'),
      aligned: true,
      threshold: 0.5,
      colormap: 'viridis',
      seed: 0,
      detector: 'mtcnn',
      select: 'largest',
      workers: 1,
      ...options,
    },
    { signal: new AbortController().signal, listen: () => undefined },
  );
  return record.results as unknown as AnalysisSummary;
}

const rowsOf = (path: string) =>
  parse<Record<string, string>>(readFileSync(space.path(path)), { columns: true });

describe('liveness analyse', () => {
  let summary: AnalysisSummary;
  before(async () => {
    space.write('rich.onnx', richNetwork());
    space.write('rich.card.json', JSON.stringify(card));
    for (let i = 0; i < 6; i++) {
      await image(`set/live/${i}.png`, 204, false);
      await image(`set/spoof/${i}.png`, 51 + i, true);
    }
    summary = await analysed('run');
  });

  it('writes every class and attribute by its name, and P(attack) by the class that is bona fide', () => {
    const rows = rowsOf('run/images.csv');
    assert.equal(rows.length, 12);
    const live = rows.find(({ path }) => path.endsWith('live/0.png'))!;
    // logits 4 and 8 * 204 / 255
    const spoof = 1 / (1 + Math.exp(8 * 0.8 - 4));
    for (const [column, value] of Object.entries({
      score: spoof,
      spoof,
      true: 1 - spoof,
      Hat: 0.5,
      Blue: 1 / (1 + Math.exp(-(4 * 0.2 - 2))),
      'depth mean': 0.3,
      'depth maximum': 0.6,
      'shine blue mean': 0.2,
    })) {
      assert.ok(Math.abs(Number(live[column]) - value) < 1e-6, `${column}: ${live[column]} for ${value}`);
    }
    assert.deepEqual([live.label, live.side, live['depth flat']], ['live', 'bona fide', 'no']);
    const attack = rows.find(({ path }) => path.endsWith('spoof/3.png'))!;
    assert.deepEqual(
      [attack.side, attack['depth flat'], attack['shine blue flat']],
      ['attack', 'yes', 'yes'],
    );
  });

  it('sets bona fides against attacks, maps too, and counts those that are flat', () => {
    assert.deepEqual(summary.counts, { 'bona fide': 6, attack: 6 });
    assert.deepEqual(summary.judgedAttacks, { 'bona fide': 0, attack: 6 });
    const depth = summary.maps.find(({ output }) => output === 'depth')!;
    assert.deepEqual(depth.flat, { 'bona fide': 0, attack: 6 });
    const { data, shape } = space.map(`run/${depth.npy['bona fide']!}`);
    assert.deepEqual(shape, [1, side, side]);
    Array.from(data).forEach((value, i) => assert.ok(Math.abs(value - 0.2 * (i % side)) < 1e-6));
    const attack = summary.quantities.find(({ name }) => name === 'P(attack)')!;
    assert.ok(attack.attack.mean! > 0.8 && attack.bonaFide.mean! < 0.1);
    assert.ok(attack.difference!.interval!.low > 0.7);
    for (const file of ['report.html', depth.figure, 'pictures/live/0.png/depth.png']) {
      assert.ok(existsSync(space.path(`run/${file}`)), file);
    }
  });

  it('gives the same tables with more workers, and without photographs keeps none', async () => {
    await analysed('again', { workers: 2, photos: false });
    for (const table of ['images.csv', 'quantities.csv']) {
      assert.equal(
        readFileSync(space.path(`again/${table}`), 'utf8'),
        readFileSync(space.path(`run/${table}`), 'utf8'),
      );
    }
    assert.equal(existsSync(space.path('again/pictures/live/0.png/face.png')), false);
    assert.ok(existsSync(space.path('again/pictures/live/0.png/depth.png')));
  });

  it('parts the images by the decisions of the model where nothing tells which are attacks', async () => {
    const { truth, counts, unlabelled } = await analysed('plain', { inputs: [space.path('set/live')] });
    assert.deepEqual([truth, counts, unlabelled], [null, { 'bona fide': 6, attack: 0 }, 0]);
  });

  it('refuses a card without polarity, and labels that do not say what is bona fide', async () => {
    const { bonaFide, ...rest } = card;
    assert.equal(bonaFide, 'true');
    space.write('blind.json', JSON.stringify({ ...rest, task: 'attribute' }));
    space.write('pad.json', JSON.stringify(rest));
    space.write('labels.csv', 'file,label\nlive/0.png,a\nlive/1.png,b\n');
    const refused = async (options: Partial<AnalyseOptions>, why: RegExp) =>
      assert.rejects(analysed('none', options), (error) => {
        assert.ok(error instanceof Problem);
        assert.match(error.message, why);
        return true;
      });
    await refused({ card: space.path('blind.json') }, /does not say which class is bona fide/);
    await refused({ card: space.path('pad.json') }, /bonaFide: is missing/);
    await refused(
      { labels: space.path('labels.csv') },
      /which label is bona fide: a, b \(name it with --bona-fide\)/,
    );
  });
});

it('draws a flat map without dividing by its range, and says that it is flat', () => {
  assert.deepEqual(scaleOfMap(Float32Array.of(0.25, 0.25)), { minimum: 0, maximum: 1 });
  assert.deepEqual(scaleOfMap(Float32Array.of(7, 7)), { minimum: 6.5, maximum: 7.5 });
  assert.deepEqual(scaleOfMap(Float32Array.of(-1, 3)), { minimum: -1, maximum: 3 });
  const channel = { channel: 'depth', minimum: 0.5, maximum: 0.5, mean: 0.5, flat: true };
  assert.equal(
    mapCaption({ output: 'depth', channels: [channel], drawn: { minimum: 0, maximum: 1 } }),
    'depth: flat, 0.500 everywhere',
  );
});

it('compares the sides by hand-checked means, and gives no interval for fewer than six images', () => {
  const quantities = [{ name: 'q', output: 'o', kind: 'class' as const }];
  const images = [1, 2, 3].map((value, i) => ({ side: 'attack' as const, person: `a${i}`, values: [value] }));
  const [alone] = compareGroups(quantities, images, { resamples: 100, seed: 0 });
  assert.deepEqual(alone.attack, { mean: 2, n: 3, interval: null });
  assert.deepEqual([alone.bonaFide.mean, alone.difference], [null, null]);
  const many = Array.from({ length: 8 }, (_, i) => ({
    side: 'bona fide' as const,
    person: `b${i}`,
    values: [10 + (i % 2)],
  }));
  const [both] = compareGroups(quantities, [...images, ...many], { resamples: 400, seed: 0 });
  assert.equal(both.difference!.value, 2 - 10.5);
  assert.equal(both.difference!.interval, null);
  assert.ok(both.bonaFide.interval!.low < 10.5 && both.bonaFide.interval!.high > 10.5);
});
