import { adaptModel } from '../../model/prepare/adapt-model.js';
import { readModelFile } from '../../model/read-model-file.js';
import { resolveReference } from '../../model/resolve-reference.js';
import { importModel, modelFormat, type ModelFormat, type OnnxModel } from '../../onnx/index.js';
import { downloadProgress } from './download-progress.js';

/** A model as it lies in its file, completed where the zoo says so. */
export interface ReadModel {
  readonly file: string;
  readonly sha256: string;
  /** Size of all its files. */
  readonly bytes: number;
  readonly format: ModelFormat;
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
  const { bytes, shards, sha256 } = await readModelFile(file);
  const model = adaptModel(await importModel(bytes, reference, shards), sha256);
  const size = [bytes, ...shards.values()].reduce((sum, { length }) => sum + length, 0);
  return { file, sha256, bytes: size, format: modelFormat(bytes), model };
}
