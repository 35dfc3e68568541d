import { createHash } from 'node:crypto';
import { adaptModel } from '../../model/prepare/adapt-model.js';
import { readModelFile } from '../../model/read-model-file.js';
import { resolveReference } from '../../model/resolve-reference.js';
import { importModel, type OnnxModel } from '../../onnx/index.js';
import { downloadProgress } from './download-progress.js';

/** A model as it lies in its file, completed where the zoo says so. */
export interface ReadModel {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly format: 'ONNX' | 'TFLite';
  readonly model: OnnxModel;
}

/**
 * Reads the model that a reference names, fetching it where it is one of the zoo that is not in the cache. On the main
 * thread: `models inspect` and `models convert` have nothing else to do meanwhile.
 * @throws {Problem} where there is none, or the file is no model that can be read.
 */
export async function readModel(reference: string): Promise<ReadModel> {
  const progress = downloadProgress(process.stderr, false);
  const file = await resolveReference(reference, { onProgress: progress.show }).finally(progress.end);
  const bytes = await readModelFile(file);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const model = adaptModel(importModel(bytes, reference), sha256);
  const format = String.fromCharCode(...bytes.subarray(4, 8)) === 'TFL3' ? 'TFLite' : 'ONNX';
  return { file, sha256, bytes: bytes.length, format, model };
}
