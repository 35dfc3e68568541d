import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, extname, isAbsolute, join, normalize } from 'node:path';
import { shardPaths } from '../onnx/index.js';
import { Problem } from '../problem.js';
import { modelSha256 } from './model-sha256.js';

/** Endings of model files that cannot be read, and what they are. */
const foreign = new Map([
  ['.pb', 'a TensorFlow graph'],
  ['.pt', 'a PyTorch file'],
  ['.pth', 'a PyTorch file'],
  ['.mlmodel', 'a Core ML model'],
  ['.caffemodel', 'a Caffe model'],
]);

/** The bytes of a model. */
export interface ModelFile {
  readonly bytes: Uint8Array;
  /** The weight files that it names, by the paths it gives them. */
  readonly shards: ReadonlyMap<string, Uint8Array>;
  /** What the model is known by; see `modelSha256`. */
  readonly sha256: string;
}

/**
 * Reads a model file, and the weight files beside it that it names.
 * @throws Problem where a file cannot be read or is of a kind that cannot be imported.
 */
export async function readModelFile(file: string): Promise<ModelFile> {
  const kind = foreign.get(extname(file).toLowerCase());
  if (kind !== undefined) {
    throw new Problem(file, `${kind} cannot be read`, 'give an ONNX file (.onnx)');
  }
  const bytes = await read(file, 'the model cannot be read');
  if (bytes.length === 0) throw new Problem(file, 'the model file is empty');
  const shards = new Map<string, Uint8Array>();
  for (const path of shardPaths(bytes, file)) {
    if (isAbsolute(path) || normalize(path).startsWith('..')) {
      throw new Problem(
        file,
        `its manifest names the weight file ${path}, which is outside its folder`,
        'put the weight files beside it and correct the manifest',
      );
    }
    shards.set(
      path,
      await read(join(dirname(file), path), `the weight file that ${file} names cannot be read`),
    );
  }
  return { bytes, shards, sha256: modelSha256([bytes, ...shards.values()].map(digest)) };
}

async function read(file: string, failure: string): Promise<Uint8Array> {
  try {
    // A plain array: a Buffer's own `slice` does not copy, which the pure layers count on.
    return new Uint8Array(await readFile(file));
  } catch (error) {
    throw new Problem(file, `${failure}: ${(error as Error).message}`, undefined, { cause: error });
  }
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
