import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, it } from 'node:test';
import { encodeImage } from '../../../src/dataset/encode-image.js';
import { openModel } from '../../../src/model/open-model.js';
import { decodeModel } from '../../../src/onnx/index.js';
import { finetune } from '../../../src/study/train/finetune.js';
import type { FinetuneOptions } from '../../../src/study/train/finetune/finetune-options.js';
import type { TrainSummary } from '../../../src/study/train/summary.js';
import { RandomState } from '../../../src/tensor/random.js';
import { Workspace } from '../heatmaps/workspace.js';
import { card, height, tinyPad, width } from '../tiny-pad.js';

const space = new Workspace();
after(() => space.remove());
const context = { signal: new AbortController().signal, listen: () => undefined };

/** Twelve people; attacks are darker, under noise. */
before(async () => {
  const random = new RandomState(21);
  for (let person = 0; person < 12; person++) {
    for (const [name, mean] of [
      ['live', 150],
      ['attack', 110],
    ] as const) {
      const data = Uint8Array.from({ length: width * height * 3 }, () =>
        Math.max(0, Math.min(255, mean + 40 * random.normal())),
      );
      const image = { width, height, channels: 3, data } as const;
      space.write(`set/${name}/p${person}/a.png`, await encodeImage(image, 'png'));
    }
  }
  space.write('pad.onnx', tinyPad());
  space.write('pad.card.json', JSON.stringify(card));
});

const options = (output: string, changes: Partial<FinetuneOptions> = {}): FinetuneOptions => ({
  model: space.path('pad.onnx'),
  inputPath: space.path('set'),
  output: space.path(output),
  identities: 'folder',
  splits: { train: 0.5, validation: 0.25, test: 0.25 },
  seed: 2,
  epochs: 6,
  batchSize: 6,
  optimizer: 'adam',
  learningRate: 0.003,
  schedule: 'constant',
  warmUp: 0,
  momentum: 0.9,
  weightDecay: 0,
  patience: 6,
  stopOn: 'loss',
  classWeights: 'balanced',
  augment: { flip: 0.5, noise: 0.02 },
  clueProbability: 0.5,
  clueSeverity: 3,
  detector: 'mtcnn',
  select: 'largest',
  workers: 1,
  ...changes,
});

const summaryOf = (output: string) =>
  (space.json(`${output}.run/run.json`) as { results: TrainSummary }).results;

it('learns, and gives the same bytes whatever the number of threads and where it was stopped', async () => {
  await finetune(options('one.onnx', { workers: 1 }), context);
  const abort = new AbortController();
  const stopping = {
    signal: abort.signal,
    listen: (event: { type: string; item?: string }) => {
      if (event.type === 'done' && event.item === 'epoch 3') abort.abort();
    },
  };
  const stopped = await finetune(options('again/one.onnx', { workers: 2 }), stopping);
  assert.throws(() => readFileSync(space.path('again/one.onnx')), /ENOENT/);
  assert.equal(stopped.record.status, 'stopped');
  await finetune(options('again/one.onnx', { workers: 1 }), context);
  for (const end of ['onnx', 'card.json']) {
    assert.deepEqual(readFileSync(space.path(`again/one.${end}`)), readFileSync(space.path(`one.${end}`)));
  }
  const { measures, history } = summaryOf('one.onnx');
  assert.equal(history.length, 6);
  assert.ok(measures.after!.rocArea.value > measures.before!.rocArea.value);
  const model = await openModel(space.path('one.onnx'), { threads: 1 });
  await model.close();
  assert.equal(model.card.bonaFide, 'live');
  assert.notDeepEqual(
    decodeModel(model.onnx).graph.initializers.get('w')!.float32(),
    decodeModel(tinyPad()).graph.initializers.get('w')!.float32(),
  );
});

it('hardens against clues where all images are bona fide', async () => {
  await finetune(
    options('hard.onnx', {
      inputPath: space.path('set/live'),
      class: 'live',
      clues: ['downscale'],
      epochs: 2,
      workers: 1,
    }),
    context,
  );
  const { examples, measures } = summaryOf('hard.onnx');
  assert.deepEqual(examples.test, { attack: 3, live: 3 });
  assert.deepEqual(
    measures.after!.points[0].errors.species.map(({ name }) => name),
    ['downscale'],
  );
});

it('refuses cards and classes that it cannot learn by', async () => {
  const refused = (changes: Partial<FinetuneOptions>, message: RegExp) =>
    assert.rejects(finetune(options('bad.onnx', changes), context), message);
  const described = (name: string, changes: object) =>
    space.write(name, JSON.stringify({ ...card, ...changes }));
  const attribute = { task: 'attribute', bonaFide: undefined };
  await refused(
    { card: described('polarity.json', attribute), clues: ['downscale'] },
    /--clues: turn bona fide images into attacks, and which class is bona fide is not known \(add bonaFide to the card\)/,
  );
  await refused({ card: described('pad.json', { bonaFide: undefined }) }, /bonaFide: is missing/);
  const probabilities = { y: { kind: 'probabilities', classes: ['attack', 'live'] } };
  await refused(
    { card: described('softmax.json', { outputs: probabilities }) },
    /its output "y" does not come out of a softmax/,
  );
  await refused({ clues: ['downscale'], clueClass: 'live' }, /--clue-class live: must be one of .*: attack/);
  await refused({ class: 'nobody' }, /has the class "nobody", which is none of attack, live/);
  await refused({ from: 'y' }, /no weights that can be trained behind "y"/);
  await refused(
    { inputPath: space.path('set/live'), class: 'live' },
    /class "attack": has no image in the split train/,
  );
});
