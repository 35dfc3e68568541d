import { Problem } from '../problem.js';

/** What is known after an epoch. Measures are `null` where they do not exist, such as an EER of one class. */
export interface EpochRecord {
  /** From 1. */
  readonly epoch: number;
  /** Mean over the images as they were shown, each by the weights of its step. */
  readonly trainingLoss: number;
  readonly learningRate: number;
  readonly validation: Readonly<Record<string, number | null>>;
}

/** All that it takes to go on as if training had never stopped. */
export interface Checkpoint {
  /** Steps taken. */
  readonly step: number;
  readonly history: readonly EpochRecord[];
  /** The epoch whose parameters are the best so far; 0 is the state before training. */
  readonly best: { readonly epoch: number; readonly value: number | null };
  readonly parameters: Float32Array;
  readonly bestParameters: Float32Array;
  readonly state: readonly Float32Array[];
}

const arraysOf = ({ parameters, bestParameters, state }: Checkpoint) => ({
  parameters,
  best: bestParameters,
  ...Object.fromEntries(state.map((values, at) => [`state.${at}`, values])),
});

/**
 * Writes a checkpoint in the safetensors format: float32 arrays, the rest as JSON in the metadata.
 * @param run what tells the training apart from another one in the same place
 */
export function encodeCheckpoint(checkpoint: Checkpoint, run: string): Uint8Array {
  const { step, history, best } = checkpoint;
  const arrays = Object.entries(arraysOf(checkpoint));
  let end = 0;
  const header: Record<string, unknown> = {
    __metadata__: { training: JSON.stringify({ run, step, history, best }) },
  };
  for (const [name, { length, byteLength }] of arrays) {
    header[name] = { dtype: 'F32', shape: [length], data_offsets: [end, end + byteLength] };
    end += byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = Math.ceil((8 + text.length) / 8) * 8;
  const bytes = new Uint8Array(start + end).fill(0x20, 8, start);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true);
  bytes.set(text, 8);
  let at = start;
  for (const [, { buffer, byteOffset, byteLength }] of arrays) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return bytes;
}

/**
 * Reads what `encodeCheckpoint` wrote.
 * @param expected.count elements that the network's parameters have
 * @param expected.file for messages
 * @returns undefined where it is of another run
 * @throws {Problem} where the file is damaged or belongs to another network.
 */
export function decodeCheckpoint(
  bytes: Uint8Array,
  { run, count, file }: { readonly run: string; readonly count: number; readonly file: string },
): Checkpoint | undefined {
  const damaged = (why: string) =>
    new Problem(file, `is no checkpoint: ${why}`, 'start again with --no-resume');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length < 8 ? Infinity : Number(view.getBigUint64(0, true));
  if (!(length <= bytes.length - 8)) throw damaged('it is cut off');
  let header: { __metadata__: { training: string } } & Record<string, { data_offsets: [number, number] }>;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as typeof header;
  } catch {
    throw damaged('its header is not JSON');
  }
  const { __metadata__: metadata, ...arrays } = header;
  const training = JSON.parse(metadata.training) as { run: string } & Pick<
    Checkpoint,
    'step' | 'history' | 'best'
  >;
  if (training.run !== run) return undefined;
  const read = (name: string): Float32Array => {
    const [from, to] = arrays[name].data_offsets;
    const part = new Uint8Array(bytes.subarray(8 + length + from, 8 + length + to));
    if (part.length !== count * 4) throw damaged(`"${name}" has not the ${count} elements of this network`);
    return new Float32Array(part.buffer);
  };
  const state = Object.keys(arrays).filter((name) => name.startsWith('state.'));
  return {
    step: training.step,
    history: training.history,
    best: training.best,
    parameters: read('parameters'),
    bestParameters: read('best'),
    state: state.map(read),
  };
}
