import { Piscina } from 'piscina';
import { encodeModel, inferShapes, type OnnxModel, type ValueInfo } from '../onnx/index.js';
import type { LearnerReply, LearnerTask, LearnerWorkerData, Presented, Scored } from './learner.worker.js';
import { optimizer } from './optimizers/optimizers.js';
import type { OptimizerSettings } from './optimizers/optimizer.js';
import { parameterCount, readParameters, type Parameter } from './parameters.js';
import { trainingGraphs } from './training-graph.js';
import type { LossName } from './losses/losses.js';

export interface LearnerOptions {
  readonly model: OnnxModel;
  /** The tensor [images, outputs] before softmax or sigmoid. */
  readonly logits: string;
  readonly loss: LossName;
  readonly parameters: readonly Parameter[];
  readonly optimizer: OptimizerSettings;
  /** The module whose default export is a `StartRows`, and its options as plain data. */
  readonly source: { readonly module: URL; readonly options: unknown };
  /** Images of one gradient step. */
  readonly batchSize: number;
  /**
   * Images that one thread computes at once. A batch is cut into pieces of this length whatever the number of threads,
   * and the gradients are added up in their order, so a result does not depend on that number.
   */
  readonly pieceSize: number;
  readonly workers: number;
  /** What to call the model in messages. */
  readonly name: string;
}

/**
 * A network that learns. Sessions, images and the optimiser live in worker threads; the parameters in memory that they share
 * with this thread, which only hands out pieces of batches.
 */
export class Learner {
  readonly #pool: Piscina<LearnerTask, LearnerReply>;
  readonly #pieceSize: number;
  readonly #forward: OnnxModel;
  #version = 0;
  /** Of all parameters, flat. Changed by `update`; `changed` must be called after any other change. */
  readonly parameters: Float32Array;
  /** What the optimiser remembers. */
  readonly state: readonly Float32Array[];

  /** @throws {Problem} where an operator has no rule. */
  constructor(options: LearnerOptions) {
    const { model, logits, loss, parameters, name } = options;
    const graphs = trainingGraphs(model, { logits, loss, parameters, name });
    const count = parameterCount(parameters);
    const floats = () => new SharedArrayBuffer(count * Float32Array.BYTES_PER_ELEMENT);
    const values = floats();
    this.parameters = new Float32Array(values);
    this.parameters.set(readParameters(model, parameters));
    const state = Array.from({ length: optimizer(options.optimizer).memory }, floats);
    this.state = state.map((buffer) => new Float32Array(buffer));
    const pieces = Math.ceil(options.batchSize / options.pieceSize);
    const data: LearnerWorkerData = {
      forward: shared(encodeModel(graphs.forward)),
      backward: shared(encodeModel(graphs.backward)),
      input: graphs.forward.graph.inputs[0].name,
      logits,
      parameters,
      values,
      gradients: Array.from({ length: pieces }, floats),
      state,
      optimizer: options.optimizer,
      source: { module: options.source.module.href, options: options.source.options },
    };
    this.#pieceSize = options.pieceSize;
    this.#forward = graphs.forward;
    this.#pool = new Piscina({
      filename: new URL('./learner.worker.js', import.meta.url).href,
      workerData: data,
      minThreads: 0,
      maxThreads: options.workers,
      idleTimeout: Infinity,
    });
  }

  /** Tells the threads that the parameters are other ones. */
  changed(): void {
    this.#version += 1;
  }

  /**
   * Computes the gradient of a batch and keeps it for `update`.
   * @returns the sum of weight · loss over the batch
   */
  async gradient(batch: readonly Presented[]): Promise<number> {
    const losses = await Promise.all(
      this.#pieces(batch).map((rows, slot) =>
        this.#pool.run({ kind: 'gradient', rows, slot, version: this.#version }),
      ),
    );
    return (losses as number[]).reduce((sum, loss) => sum + loss, 0);
  }

  /**
   * One step of the optimiser with the gradient of the last batch, unless that is not finite.
   * @param images in that batch
   * @param step from 1
   * @returns the layers whose gradient is not finite; where there are any, nothing was changed
   */
  async update(images: number, learningRate: number, step: number): Promise<readonly string[]> {
    const slots = Math.ceil(images / this.#pieceSize);
    const broken = (await this.#pool.run({ kind: 'update', slots, learningRate, step })) as string[];
    this.changed();
    return broken;
  }

  /** Logits and losses of images, in their order. */
  async score(rows: readonly Presented[]): Promise<Scored> {
    const parts = (await Promise.all(
      this.#pieces(rows).map((piece) =>
        this.#pool.run({ kind: 'score', rows: piece, version: this.#version }),
      ),
    )) as Scored[];
    return {
      logits: joined(parts.map(({ logits }) => logits)),
      losses: joined(parts.map(({ losses }) => losses)),
    };
  }

  /** Says in words where a batch ceases to be finite. */
  async locate(rows: readonly Presented[]): Promise<string> {
    const { graph, layers } = everyLayer(this.#forward);
    return (await this.#pool.run({ kind: 'locate', rows, version: this.#version, graph, layers })) as string;
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    // A piece under way may still answer while its thread is being ended; the pool would report that as an error.
    this.#pool.on('error', () => undefined);
    await this.#pool.destroy();
  }

  #pieces(rows: readonly Presented[]): (readonly Presented[])[] {
    const size = this.#pieceSize;
    return Array.from({ length: Math.ceil(rows.length / size) }, (_, at) =>
      rows.slice(at * size, (at + 1) * size),
    );
  }
}

/** The graph with the floats of every node among its outputs. */
function everyLayer(model: OnnxModel) {
  const facts = inferShapes(model);
  const layers = model.graph.nodes.flatMap(({ name, outputs }) =>
    outputs
      .filter((output) => facts.get(output)?.elementType === 'float32')
      .map((output) => ({ output, name: name === '' ? output : name })),
  );
  const outputs = layers.map(({ output }): ValueInfo => ({
    name: output,
    elementType: 'float32',
    shape: facts.get(output)?.shape,
  }));
  return { graph: encodeModel({ ...model, graph: { ...model.graph, outputs } }), layers };
}

function shared(bytes: Uint8Array): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(bytes.byteLength);
  new Uint8Array(buffer).set(bytes);
  return buffer;
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
