import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Constant, type OnnxModel } from '../../src/onnx/index.js';
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from '../../src/train/checkpoint.js';
import { softmaxDecision } from '../../src/train/decision.js';
import { fit, type FitContext, type FitOptions } from '../../src/train/fit.js';
import type { Learner } from '../../src/train/learner.js';
import { validationMeasures } from '../../src/train/validation-measures.js';
import { noise, tinyLearner, tinyNetwork } from './tiny-training.js';

const data = noise();
const decision = softmaxDecision(['bona fide', 'attack'], 'bona fide');
const fitData = {
  training: data.rows.map((_, at) => at),
  present: (item: number) => data.rows[item],
  validation: data.rows,
  measure: (
    scored: Parameters<typeof validationMeasures>[0],
    rows: Parameters<typeof validationMeasures>[1],
  ) => validationMeasures(scored, rows, decision),
};
const options: FitOptions = {
  epochs: 60,
  batchSize: 16,
  seed: 3,
  schedule: { name: 'cosine', rate: 0.02 },
  warmUp: 0,
  patience: 60,
  stopOn: { measure: 'loss', lowerIsBetter: true },
};

async function train(learner: Learner, changes: Partial<FitOptions> = {}, context: Partial<FitContext> = {}) {
  try {
    const result = await fit(
      learner,
      fitData,
      { ...options, ...changes },
      {
        signal: new AbortController().signal,
        save: () => undefined,
        locate: (rows) => learner.locate(rows),
        ...context,
      },
    );
    return { ...result, parameters: learner.parameters.slice() };
  } finally {
    await learner.close();
  }
}

it('memorises 32 images of noise to a loss below 0.01', async () => {
  const { history, best } = await train(tinyLearner(data));
  assert.ok(best.value! < 0.01, `the loss is ${best.value}`);
  assert.equal(history[best.epoch - 1].validation.accuracy, 1);
});

it('gives the same bytes with one thread and with three, and where it is stopped and resumed', async () => {
  const few = { epochs: 4 };
  const saved: Uint8Array[] = [];
  const whole = await train(tinyLearner(data, { workers: 3 }), few, {
    save: (checkpoint) => void saved.push(encodeCheckpoint(checkpoint, 'run')),
  });
  const single = await train(tinyLearner(data), few);
  assert.deepEqual(single.parameters, whole.parameters);

  const abort = new AbortController();
  let kept: Checkpoint | undefined;
  const stopped = await train(tinyLearner(data), few, {
    signal: abort.signal,
    save: (checkpoint) => void (kept = checkpoint),
    onStep: (epoch) => {
      if (epoch === 2) abort.abort();
    },
  });
  assert.equal(stopped.complete, false);
  assert.equal(stopped.history.length, 2);
  const count = whole.parameters.length;
  const resume = decodeCheckpoint(encodeCheckpoint(kept!, 'run'), { run: 'run', count, file: 'c' });
  const resumed: Uint8Array[] = [];
  const rest = await train(tinyLearner(data), few, {
    resume,
    save: (checkpoint) => void resumed.push(encodeCheckpoint(checkpoint, 'run')),
  });
  assert.deepEqual(rest.parameters, whole.parameters);
  assert.deepEqual(resumed.at(-1), saved.at(-1));
});

it('stops early, with the parameters of the best epoch', async () => {
  const rising = { schedule: { name: 'constant', rate: 0.5 } as const, patience: 2 };
  const { history, best, parameters } = await train(tinyLearner(data), rising);
  assert.equal(history.length, best.epoch + 2);
  const scorer = tinyLearner(data);
  scorer.parameters.set(parameters);
  scorer.changed();
  const measured = fitData.measure(await scorer.score(data.rows), data.rows);
  await scorer.close();
  assert.equal(measured.loss, best.value ?? undefined);
});

it('names the layer where values cease to be finite, and keeps what was saved', async () => {
  const huge = withWeights(tinyNetwork(), 'depthwise.weight', (value) => value * 1e38);
  await assert.rejects(train(tinyLearner(data, { model: huge })), (error: Error) => {
    assert.match(error.message, /stopped at step 1 \(epoch 1\): the layer "depthwise" gives values/);
    assert.match(error.message, /the checkpoint of epoch 0 is kept/);
    return true;
  });
});

it('reads no checkpoint of another run or network, nor a damaged one', () => {
  const values = Float32Array.of(1, -2, 3);
  const checkpoint: Checkpoint = {
    step: 7,
    history: [{ epoch: 1, trainingLoss: 0.5, learningRate: 0.1, validation: { loss: 0.25, 'd-eer': null } }],
    best: { epoch: 1, value: 0.25 },
    parameters: values,
    bestParameters: values.map((value) => -value),
    state: [values, values],
  };
  const bytes = encodeCheckpoint(checkpoint, 'a');
  const expected = { run: 'a', count: 3, file: 'c.safetensors' };
  assert.deepEqual(decodeCheckpoint(bytes, expected), checkpoint);
  assert.equal(decodeCheckpoint(bytes, { ...expected, run: 'b' }), undefined);
  assert.throws(() => decodeCheckpoint(bytes, { ...expected, count: 4 }), /has not the 4 elements/);
  assert.throws(() => decodeCheckpoint(bytes.subarray(0, 20), expected), /c\.safetensors: is no checkpoint/);
});

function withWeights(model: OnnxModel, name: string, change: (value: number) => number): OnnxModel {
  const initializers = new Map(model.graph.initializers);
  const constant = initializers.get(name)!;
  initializers.set(name, Constant.float32(constant.float32().map(change), constant.shape));
  return { ...model, graph: { ...model.graph, initializers } };
}
