import { workerData } from 'node:worker_threads';
import { createRuntimeSession, type RuntimeSession } from '../model/runtime-session.js';
import type { Tensors } from '../model/model.js';
import type { Tensor } from '../tensor/tensor.js';
import { gradientName } from '../onnx/index.js';
import { optimizer } from './optimizers/optimizers.js';
import type { OptimizerSettings } from './optimizers/optimizer.js';
import type { Parameter } from './parameters.js';
import type { RowSource, StartRows } from './row-source.js';
import { imageWeights, stepOutputs, trainingNames } from './training-graph.js';

/** One image of a batch. Plain data. */
export interface Presented {
  readonly item: number;
  /** How the source is to show it; undefined: as it is. */
  readonly presentation?: unknown;
  /** What each output should be, from 0 to 1. */
  readonly target: readonly number[];
  /** Its part in the sum of losses. */
  readonly weight: number;
}

export interface LearnerWorkerData {
  /** Bytes of the ONNX files, shared by all threads. */
  readonly forward: SharedArrayBuffer;
  readonly backward: SharedArrayBuffer;
  readonly input: string;
  readonly logits: string;
  readonly parameters: readonly Parameter[];
  /** Float32: the parameters, one gradient a slot, and what the optimiser remembers. */
  readonly values: SharedArrayBuffer;
  readonly gradients: readonly SharedArrayBuffer[];
  readonly state: readonly SharedArrayBuffer[];
  readonly optimizer: OptimizerSettings;
  readonly source: { readonly module: string; readonly options: unknown };
}

export type LearnerTask =
  /** Leaves the gradient of the weighted sum of losses in a slot and returns the sum. `version` tells old weights. */
  | {
      readonly kind: 'gradient';
      readonly rows: readonly Presented[];
      readonly slot: number;
      readonly version: number;
    }
  /** Adds up the gradients of some slots and moves the parameters. Returns the parameters whose gradient is not finite. */
  | {
      readonly kind: 'update';
      readonly slots: number;
      readonly learningRate: number;
      readonly step: number;
    }
  /** Returns logits and losses. */
  | { readonly kind: 'score'; readonly rows: readonly Presented[]; readonly version: number }
  /** Says where the first value that is not finite arises; `graph` returns all of `layers`, in the graph's order. */
  | {
      readonly kind: 'locate';
      readonly rows: readonly Presented[];
      readonly version: number;
      readonly graph: Uint8Array;
      readonly layers: readonly { readonly output: string; readonly name: string }[];
    };

export interface Scored {
  /** [rows, outputs]. */
  readonly logits: Float32Array;
  readonly losses: Float32Array;
}

export type LearnerReply = number | string | string[] | Scored;

const data = workerData as LearnerWorkerData;
const { parameters, input, logits } = data;
const values = new Float32Array(data.values);
/** This thread's copy, for ONNX Runtime refuses shared memory. */
const own = new Float32Array(values.length);
let ownVersion = -1;
const feeds: Tensors = Object.fromEntries(
  parameters.map(({ name, shape, offset, length }) => [
    name,
    { data: own.subarray(offset, offset + length), shape },
  ]),
);
let source: Promise<RowSource> | undefined;
let forward: Promise<RuntimeSession> | undefined;
let backward: Promise<RuntimeSession> | undefined;

const open = (bytes: SharedArrayBuffer) => createRuntimeSession(new Uint8Array(new Uint8Array(bytes)), 1);

export default async function work(task: LearnerTask): Promise<LearnerReply> {
  switch (task.kind) {
    case 'gradient':
      return takeGradient(task);
    case 'update':
      return update(task);
    case 'score':
      return score(task);
    case 'locate':
      return locate(task);
  }
}

async function takeGradient({ rows, slot, version }: Extract<LearnerTask, { kind: 'gradient' }>) {
  refresh(version);
  const session = await (backward ??= open(data.backward));
  const weights = Float32Array.from(rows, ({ weight }) => weight);
  const results = await session.runWhole(
    { ...(await feedsOf(rows)), [imageWeights]: { data: weights, shape: [rows.length] } },
    stepOutputs(parameters),
  );
  const gradient = new Float32Array(data.gradients[slot]);
  for (const { name, offset } of parameters) gradient.set(results[gradientName(name)].data, offset);
  return results[trainingNames.loss].data.reduce((sum, loss, row) => sum + loss * weights[row], 0);
}

/** The slots are added up in their order, so the sum does not depend on which thread was ready first. */
function update({ slots, learningRate, step }: Extract<LearnerTask, { kind: 'update' }>): string[] {
  const gradient = new Float32Array(data.gradients[0]);
  for (let slot = 1; slot < slots; slot++) {
    const part = new Float32Array(data.gradients[slot]);
    for (let i = 0; i < gradient.length; i++) gradient[i] += part[i];
  }
  const broken = parameters.filter(({ offset, length }) =>
    gradient.subarray(offset, offset + length).some((value) => !Number.isFinite(value)),
  );
  if (broken.length > 0) return broken.map(({ layer }) => layer);
  optimizer(data.optimizer).update({
    parameters: values,
    gradient,
    state: data.state.map((buffer) => new Float32Array(buffer)),
    decays,
    learningRate,
    step,
  });
  return [];
}

async function score({ rows, version }: Extract<LearnerTask, { kind: 'score' }>): Promise<Scored> {
  refresh(version);
  const session = await (forward ??= open(data.forward));
  const results = await session.runWhole(await feedsOf(rows), [logits, trainingNames.loss]);
  return { logits: results[logits].data, losses: results[trainingNames.loss].data };
}

async function locate({
  rows,
  version,
  graph,
  layers,
}: Extract<LearnerTask, { kind: 'locate' }>): Promise<string> {
  refresh(version);
  const weights = parameters.find(({ offset, length }) => !isFinite(own.subarray(offset, offset + length)));
  if (weights !== undefined) return `the weights of the layer "${weights.layer}" are not finite`;
  const fed = await feedsOf(rows);
  if (!isFinite(fed[input].data)) return 'an image of the batch has pixels that are not finite';
  const session = await createRuntimeSession(graph, 1);
  const outputs = layers.map(({ output }) => output);
  const results = await session.runWhole(fed, outputs);
  await session.release();
  const first = layers.find(({ output }) => !isFinite(results[output].data));
  return first === undefined
    ? 'the forward pass is finite, but the gradient is not'
    : `the layer "${first.name}" gives values that are not finite`;
}

const isFinite = (values: Float32Array) => values.every((value) => Number.isFinite(value));

const decays = new Uint8Array(values.length);
for (const { offset, length, decays: decay } of parameters) {
  if (decay) decays.fill(1, offset, offset + length);
}

function refresh(version: number): void {
  if (version === ownVersion) return;
  own.set(values);
  ownVersion = version;
}

async function feedsOf(rows: readonly Presented[]): Promise<Record<string, Tensor>> {
  const rowSource = await (source ??= startSource());
  const { shape } = rowSource;
  const size = shape.reduce((product, length) => product * length, 1);
  const pixels = new Float32Array(rows.length * size);
  for (const [row, { item, presentation }] of rows.entries()) {
    await rowSource.write(item, presentation, pixels.subarray(row * size, (row + 1) * size));
  }
  const outputs = rows[0].target.length;
  const targets = Float32Array.from(rows.flatMap(({ target }) => target));
  return {
    ...(feeds as Record<string, Tensor>),
    [input]: { data: pixels, shape: [rows.length, ...shape] },
    [trainingNames.target]: { data: targets, shape: [rows.length, outputs] },
  };
}

async function startSource(): Promise<RowSource> {
  const { default: start } = (await import(data.source.module)) as { default: StartRows<unknown> };
  return start(data.source.options);
}
