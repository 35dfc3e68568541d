import { GraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import type { Output } from '../run.js';

/** A graph model as its files hold it. */
export interface GraphFiles {
  readonly json: Uint8Array;
  readonly shards: ReadonlyMap<string, Uint8Array>;
}

export type AttributeJson = Readonly<Record<string, unknown>>;

export interface NodeJson {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: Readonly<Record<string, AttributeJson>>;
}

export interface WeightJson {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32' | 'bool';
  readonly quantization?: AttributeJson;
  readonly bytes: Uint8Array;
}

/** Attributes as TensorFlow writes them into JSON. */
export const attr = {
  s: (value: string): AttributeJson => ({ s: btoa(value) }),
  i: (value: number): AttributeJson => ({ i: String(value) }),
  f: (value: number): AttributeJson => ({ f: value }),
  b: (value: boolean): AttributeJson => ({ b: value }),
  type: (value: string): AttributeJson => ({ type: value }),
  ints: (values: readonly number[]): AttributeJson => ({ list: { i: values.map(String) } }),
  strings: (values: readonly string[]): AttributeJson => ({
    list: { s: values.map((value) => btoa(value)) },
  }),
  shape: (lengths: readonly number[]): AttributeJson => ({
    shape: { dim: lengths.map((size) => ({ size: String(size) })) },
  }),
};

export function float32(name: string, shape: readonly number[], values: Iterable<number>): WeightJson {
  return { name, shape, dtype: 'float32', bytes: new Uint8Array(Float32Array.from(values).buffer) };
}

export function int32(name: string, values: readonly number[], shape = [values.length]): WeightJson {
  return { name, shape, dtype: 'int32', bytes: new Uint8Array(Int32Array.from(values).buffer) };
}

/** Writes a graph model; the constants get their nodes by themselves. The weights lie in two files, cut anywhere. */
export function graphFiles(
  nodes: readonly NodeJson[],
  weights: readonly WeightJson[],
  signature?: unknown,
): GraphFiles {
  const constants = weights.map(({ name, dtype }) => ({
    name,
    op: 'Const',
    attr: { dtype: attr.type(dtype === 'float32' ? 'DT_FLOAT' : dtype === 'int32' ? 'DT_INT32' : 'DT_BOOL') },
  }));
  const bytes = Uint8Array.from(weights.flatMap((weight) => [...weight.bytes]));
  const half = Math.floor(bytes.length / 2);
  const model = {
    format: 'graph-model',
    signature,
    modelTopology: { node: [...constants, ...nodes], versions: { producer: 1 } },
    weightsManifest: [
      {
        paths: ['a.bin', 'b.bin'],
        weights: weights.map(({ name, shape, dtype, quantization }) => ({
          name,
          shape,
          dtype,
          quantization,
        })),
      },
    ],
  };
  return {
    json: new TextEncoder().encode(JSON.stringify(model)),
    shards: new Map([
      ['a.bin', bytes.slice(0, half)],
      ['b.bin', bytes.slice(half)],
    ]),
  };
}

interface ModelJson {
  readonly format?: string;
  readonly signature?: object;
  readonly modelTopology: object;
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: readonly object[];
  }[];
}

/**
 * What TensorFlow.js itself (on its processor backend) computes with a graph model.
 * @returns its outputs in its order
 */
export async function runTfjs(
  { json, shards }: GraphFiles,
  input: readonly [Float32Array, readonly number[]],
): Promise<readonly Output[]> {
  await tf.setBackend('cpu');
  const { format, signature, modelTopology, weightsManifest } = JSON.parse(
    new TextDecoder().decode(json),
  ) as ModelJson;
  const parts = weightsManifest.flatMap(({ paths }) => paths.map((path) => shards.get(path)!));
  const data = new Uint8Array(await new Blob(parts.map((part) => new Uint8Array(part))).arrayBuffer());
  const artifacts = {
    format,
    signature,
    modelTopology,
    weightSpecs: weightsManifest.flatMap(({ weights }) => weights),
    weightData: data.buffer,
  } as tf.io.ModelArtifacts;
  const model = new GraphModel({ load: () => Promise.resolve(artifacts) });
  await model.load();
  const x = tf.tensor(input[0], [...input[1]]);
  const result = model.execute(x);
  const results = Array.isArray(result) ? result : [result];
  const outputs = results.map((tensor) => ({
    shape: tensor.shape,
    data: Float32Array.from(tensor.dataSync()),
  }));
  tf.dispose([x, ...results]);
  model.dispose();
  return outputs;
}
