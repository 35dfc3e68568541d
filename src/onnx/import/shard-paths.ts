import { modelFormat } from './model-format.js';
import { readTfjsModel } from './tfjs/tfjs-model.js';

/**
 * The further files that a model consists of, as paths relative to its own: the weight files of a TensorFlow.js model,
 * in the order of its manifest. Models of the other formats are one file.
 * @throws {Problem} where the file is no model that can be read.
 */
export function shardPaths(bytes: Uint8Array, name: string): readonly string[] {
  if (modelFormat(bytes, name) !== 'TensorFlow.js') return [];
  return [...new Set(readTfjsModel(bytes, name).weightGroups.flatMap(({ paths }) => paths))];
}
