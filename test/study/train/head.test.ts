import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, it } from 'node:test';
import { parse } from 'csv-parse/sync';
import { encodeImage } from '../../../src/dataset/encode-image.js';
import { openModel } from '../../../src/model/open-model.js';
import { encodeModel } from '../../../src/onnx/index.js';
import { parseAugmentations } from '../../../src/perturb/augment/augment.js';
import { score } from '../../../src/study/score/score.js';
import { trainHead } from '../../../src/study/train/head.js';
import type { HeadOptions } from '../../../src/study/train/head/head-options.js';
import type { TrainSummary } from '../../../src/study/train/summary.js';
import { RandomState } from '../../../src/tensor/random.js';
import { floatInfo } from '../../onnx/tiny-model.js';
import { tinyNetwork } from '../../train/tiny-training.js';
import { Workspace } from '../heatmaps/workspace.js';

const space = new Workspace();
after(() => space.remove());

const [width, height] = [24, 24];
const context = { signal: new AbortController().signal, listen: () => undefined };

/** Twenty people; attacks are red where bona fide images are blue, under a lot of noise. */
before(async () => {
  const random = new RandomState(11);
  for (let person = 0; person < 20; person++) {
    for (const [name, red] of [
      ['real', 90],
      ['print', 140],
    ] as const) {
      const data = Uint8Array.from({ length: width * height * 3 }, (_, at) =>
        Math.max(0, Math.min(255, (at % 3 === 0 ? red : 110) + 60 * random.normal())),
      );
      const image = { width, height, channels: 3, data } as const;
      space.write(`set/${name}/p${person}/a.png`, await encodeImage(image, 'png'));
    }
  }
  const network = tinyNetwork();
  const { graph } = network;
  const weights = new Map(graph.initializers);
  const kernel = weights.get('first.weight')!;
  // Three channels instead of two.
  const { Constant } = await import('../../../src/onnx/index.js');
  const wide = Float32Array.from({ length: 8 * 27 }, (_, at) => kernel.float32()[at % kernel.size]);
  weights.set('first.weight', Constant.float32(wide, [8, 3, 3, 3]));
  const inputs = [floatInfo('x', ['n', 3, 8, 8])];
  space.write('net.onnx', encodeModel({ ...network, graph: { ...graph, inputs, initializers: weights } }));
  space.write(
    'net.card.json',
    JSON.stringify({
      name: 'net',
      task: 'attribute',
      input: {
        width: 8,
        height: 8,
        layout: 'NCHW',
        channels: 'RGB',
        mean: [127.5],
        std: [127.5],
        crop: { kind: 'whole' },
        resize: 'area',
      },
      outputs: { logits: { kind: 'logits', classes: ['a', 'b'] } },
    }),
  );
});

const options = (output: string, changes: Partial<HeadOptions> = {}): HeadOptions => ({
  model: space.path('net.onnx'),
  inputPath: space.path('set'),
  output: space.path(output),
  recipe: 'linear',
  task: 'pad',
  bonaFide: 'real',
  copies: 2,
  splits: { train: 0.6, validation: 0.2, test: 0.2 },
  seed: 1,
  epochs: 20,
  batchSize: 8,
  optimizer: 'adamw',
  learningRate: 0.05,
  schedule: 'cosine',
  warmUp: 1,
  momentum: 0.9,
  weightDecay: 0.0001,
  patience: 20,
  stopOn: 'loss',
  classWeights: 'balanced',
  augment: parseAugmentations('flip,brightness'),
  clueProbability: 0.5,
  clueSeverity: 3,
  detector: 'mtcnn',
  select: 'largest',
  workers: 1,
  ...changes,
});

const summaryOf = (output: string) =>
  (space.json(`${output}.run/run.json`) as { results: TrainSummary }).results;

it('writes one model whose scores are those of the test, the same bytes whatever the number of threads', async () => {
  await trainHead(options('one.onnx', { workers: 1 }), context);
  await trainHead(options('two/one.onnx', { workers: 2 }), context);
  const [one, two] = ['one', 'two/one'].map((name) =>
    ['onnx', 'card.json'].map((end) => readFileSync(space.path(`${name}.${end}`))),
  );
  assert.deepEqual(two, one);

  const { measures, people, examples } = summaryOf('one.onnx');
  assert.deepEqual(people, { train: 12, validation: 4, test: 4 });
  assert.deepEqual(examples.train, { print: 24, real: 24 });
  assert.deepEqual(examples.test, { print: 4, real: 4 });
  assert.equal(measures.after!.equalErrorRate.value, 0);

  const scored = space.path('scores.csv');
  await score(
    {
      inputPath: space.path('set'),
      output: scored,
      model: space.path('one.onnx'),
      detector: 'mtcnn',
      select: 'largest',
    },
    context,
  );
  const rows = (file: string) => parse<Record<string, string>>(readFileSync(file, 'utf8'), { columns: true });
  const whole = new Map(rows(scored).map(({ path, score: value }) => [path, Number(value)]));
  for (const { path, score: value } of rows(space.path('one.onnx.run/test-scores.csv'))) {
    // The head sees the same float32 features, summed in another order.
    assert.ok(Math.abs(whole.get(space.path(`set/${path}`))! - Number(value)) < 1e-6, path);
  }
});

for (const recipe of ['silicone-mask', 'face-depth', 'depth-map'] as const) {
  it(`trains the recipe ${recipe}`, async () => {
    const output = `${recipe}.onnx`;
    await trainHead(options(output, { recipe, epochs: 3, learningRate: 0.003 }), context);
    const { history } = summaryOf(output);
    assert.ok(history[2].trainingLoss < history[0].trainingLoss);
    const model = await openModel(space.path(output), { threads: 1 });
    await model.close();
    assert.equal(model.card.bonaFide, 'real');
  });
}

it('makes attacks of bona fide images where the set has none', async () => {
  const changes = { inputPath: space.path('set/real'), class: 'real', clues: ['moire'] as const, copies: 4 };
  await trainHead(options('clues.onnx', { ...changes, epochs: 2 }), context);
  const { classes, examples } = summaryOf('clues.onnx');
  assert.deepEqual(classes, ['attack', 'real']);
  assert.deepEqual(examples.test, { attack: 4, real: 4 });
  assert.equal(examples.train.attack + examples.train.real, 48);
  assert.ok(examples.train.attack > 5);
});

it('sees images in another size where the network bears it', async () => {
  const tensor = tinyNetwork().graph.nodes.find(({ name }) => name === 'pointwise')!.outputs[0];
  const inputSize = { width: 20, height: 16 };
  await trainHead(options('large.onnx', { tensor, inputSize, epochs: 2 }), context);
  const model = await openModel(space.path('large.onnx'), { threads: 1 });
  await model.close();
  assert.deepEqual(model.inputs[0].shape.slice(1), [3, 16, 20]);
});

it('refuses what cannot be learned, before any work', async () => {
  const refused = (changes: Partial<HeadOptions>, message: RegExp) =>
    assert.rejects(trainHead(options('bad.onnx', changes), context), message);
  await refused({ bonaFide: undefined }, /--bona-fide: is missing: the classes are print, real/);
  await refused({ bonaFide: 'live' }, /--bona-fide live: is no class/);
  await refused({ class: 'real' }, /has only the class real/);
  await refused({ cropScale: 1.2 }, /--crop-scale: enlarges a box, but net sees a face by the crop "whole"/);
  await refused({ tensor: 'nothing' }, /has no tensor "nothing"/);
  await refused(
    { inputPath: space.path('set/real') },
    /--bona-fide real: is no class \(the classes are p0, p1/,
  );
  await refused({ tensor: 'logits', recipe: 'depth-map' }, /needs a map of channels, height and width/);
});

it('refuses images that are smaller than the input, and takes them where told to', async () => {
  const inputSize = { width: 32, height: 32 };
  const tensor = tinyNetwork().graph.nodes.find(({ name }) => name === 'pointwise')!.outputs[0];
  const small = { inputSize, tensor, epochs: 1 };
  await assert.rejects(
    trainHead(options('small.onnx', small), context),
    /none of 40 inputs could be used; the first: .*24x24 pixels .* fewer than the network's input of 32x32/,
  );
  await trainHead(options('enlarged.onnx', { ...small, enlarge: true }), context);
});
