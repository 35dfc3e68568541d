import { InferenceSession, Tensor as RuntimeTensor } from 'onnxruntime-node';
import { decodeModel, encodeModel, rewrite } from '../onnx/index.js';
import { elementCount } from '../tensor/tensor.js';
import type { Tensor, TensorData } from '../tensor/tensor.js';
import type { Tensors } from './model.js';
import type { GraphInfo, GraphValue } from './session.js';

/**
 * One ONNX Runtime session in the current thread. ONNX Runtime's Node binding computes synchronously, so this blocks
 * its thread: only worker threads may make one.
 */
export interface RuntimeSession extends GraphInfo {
  run(
    feeds: Tensors,
    outputs?: readonly string[],
  ): Promise<Record<string, Tensor<Float32Array<ArrayBuffer>>>>;
  /** The same, but the feeds go in as they are: for graphs whose inputs are not all rows of images. */
  runWhole(
    feeds: Tensors,
    outputs: readonly string[],
  ): Promise<Record<string, Tensor<Float32Array<ArrayBuffer>>>>;
  release(): Promise<void>;
}

/**
 * Loads a graph into the current thread, in the form that the runtime computes fastest.
 * @param model bytes of an ONNX file.
 * @param threads number of threads that one operator may use.
 * @throws Error with ONNX Runtime's own words.
 */
export async function createRuntimeSession(model: Uint8Array, threads: number): Promise<RuntimeSession> {
  const session = await InferenceSession.create(faster(model), {
    executionProviders: ['cpu'],
    executionMode: 'sequential',
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // A plan of the memory of each shape of input would be kept beside the memory itself: as fast, but half as much again.
    enableMemPattern: false,
    graphOptimizationLevel: 'all',
    logSeverityLevel: 4,
  });
  const inputs = session.inputMetadata.map(describe);
  const outputs = session.outputMetadata.map(describe);
  return {
    inputs,
    outputs,
    run: (feeds, wanted = session.outputNames) => runAnyBatch(session, { inputs, outputs }, feeds, wanted),
    runWhole: (feeds, wanted) => runOnce(session, inputs, feeds, wanted),
    release: () => session.release(),
  };
}

function faster(bytes: Uint8Array): Uint8Array {
  const model = decodeModel(bytes);
  const rewritten = rewrite(model);
  return rewritten === model ? bytes : encodeModel(rewritten);
}

function describe(value: InferenceSession.ValueMetadata): GraphValue {
  return value.isTensor
    ? { name: value.name, type: value.type, shape: [...value.shape] }
    : { name: value.name, type: 'not a tensor', shape: [] };
}

/**
 * A graph that was exported with a fixed batch length gets the rows in slices of that length. The last slice is
 * filled up with copies of its last row, whose results are dropped. A feed of one row serves all rows of the others.
 */
async function runAnyBatch(
  session: InferenceSession,
  graph: GraphInfo,
  feeds: Tensors,
  wanted: readonly string[],
): Promise<Record<string, Tensor<Float32Array<ArrayBuffer>>>> {
  for (const name of Object.keys(feeds)) {
    if (!session.inputNames.includes(name)) {
      throw new Error(`the graph has no input "${name}"; its inputs are ${session.inputNames.join(', ')}`);
    }
  }
  const { inputs } = graph;
  const rows = batchLength(feeds);
  const axis = inputs.find(({ name }) => name in feeds)?.shape[0];
  const fixed = typeof axis === 'number' && axis !== 0;
  const length = fixed ? axis : rowsAtOnce(graph, feeds, wanted, rows);
  if (length === rows) return runOnce(session, inputs, feeds, wanted);
  const parts: Record<string, Tensor>[] = [];
  for (let start = 0; start < rows; start += length) {
    const part = fixed ? length : Math.min(length, rows - start);
    const slice = Object.entries(feeds).map(
      ([name, feed]) =>
        [
          name,
          feed.shape[0] === 1 && !fixed ? feed : sliceRows(feed, feed.shape[0] === 1 ? 0 : start, part),
        ] as const,
    );
    parts.push(await runOnce(session, inputs, Object.fromEntries(slice), wanted));
  }
  return Object.fromEntries(wanted.map((name) => [name, joinRows(name, parts, length, rows)]));
}

/** Elements of the feeds that are computed at once: two images of 128 pixels a side in colour. */
const ELEMENTS_AT_ONCE = 100_000;

/**
 * How many rows of a graph with a free batch axis are computed at once. What lies between the layers of a few images
 * stays in the processor's cache: a quarter faster than 16 at once, in a fraction of the memory. A graph whose outputs
 * do not all have the batch axis gets all rows.
 */
function rowsAtOnce(
  { inputs, outputs }: GraphInfo,
  feeds: Tensors,
  wanted: readonly string[],
  rows: number,
): number {
  const axes = [
    ...inputs.filter(({ name }) => name in feeds).map(({ shape }) => shape[0]),
    ...outputs.filter(({ name }) => wanted.includes(name)).map(({ shape }) => shape[0]),
  ];
  const [axis] = axes;
  if (typeof axis !== 'string' || axis === '' || axes.some((other) => other !== axis)) return rows;
  const elements = Object.values(feeds).reduce(
    (sum, { data, shape }) => sum + data.length / (shape[0] ?? 1),
    0,
  );
  return Math.min(rows, Math.max(1, Math.floor(ELEMENTS_AT_ONCE / elements)));
}

function batchLength(feeds: Tensors): number {
  const lengths = new Set(Object.values(feeds).map(({ shape }) => shape[0] ?? 1));
  if (lengths.size > 1) lengths.delete(1);
  if (lengths.size !== 1) throw new Error(`the feeds differ in batch length: ${[...lengths].join(', ')}`);
  return [...lengths][0];
}

async function runOnce(
  session: InferenceSession,
  inputs: readonly GraphValue[],
  feeds: Tensors,
  wanted: readonly string[],
): Promise<Record<string, Tensor<Float32Array<ArrayBuffer>>>> {
  const runtimeFeeds = Object.fromEntries(
    Object.entries(feeds).map(([name, feed]) => {
      const type = inputs.find((input) => input.name === name)!.type;
      return [name, new RuntimeTensor(type as 'float32', feed.data as Float32Array, feed.shape)];
    }),
  );
  const results = await session.run(runtimeFeeds, wanted);
  return Object.fromEntries(
    wanted.map((name) => {
      const { data, type, dims } = results[name];
      return [name, { data: asFloat32(name, type, data), shape: dims }];
    }),
  );
}

function asFloat32(name: string, type: string, data: RuntimeTensor.DataType): Float32Array<ArrayBuffer> {
  if (data instanceof Float32Array) return data as Float32Array<ArrayBuffer>;
  if (type === 'float16' || type === 'string' || Array.isArray(data)) {
    throw new Error(`the output "${name}" has the element type ${type}, which faceprobe does not read`);
  }
  return Float32Array.from(data as ArrayLike<number | bigint>, Number);
}

function sliceRows(feed: Tensor<TensorData>, start: number, length: number): Tensor<TensorData> {
  const size = elementCount(feed.shape.slice(1));
  const shape = [length, ...feed.shape.slice(1)];
  const present = feed.data.subarray(start * size, (start + length) * size);
  if (present.length === length * size) return { data: present, shape };
  const filled = new (feed.data.constructor as new (length: number) => Float32Array)(length * size);
  const lastRow = present.subarray(present.length - size) as Float32Array;
  filled.set(present as Float32Array);
  for (let at = present.length; at < filled.length; at += size) filled.set(lastRow, at);
  return { data: filled, shape };
}

function joinRows(
  name: string,
  parts: readonly Record<string, Tensor>[],
  length: number,
  rows: number,
): Tensor<Float32Array<ArrayBuffer>> {
  const shape = parts[0][name].shape;
  if (shape[0] !== length) {
    throw new Error(
      `the output "${name}" of shape [${shape.join(', ')}] has no batch axis, and the graph takes only ${length} row(s) at once`,
    );
  }
  const size = elementCount(shape.slice(1));
  const data = new Float32Array(rows * size);
  parts.forEach((part, index) => {
    const start = index * length;
    data.set(part[name].data.subarray(0, Math.min(length, rows - start) * size), start * size);
  });
  return { data, shape: [rows, ...shape.slice(1)] };
}
