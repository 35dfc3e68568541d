import { decodeModel } from '../codec/decode-model.js';
import type { OnnxModel } from '../graph.js';
import { importKeras } from './keras/import-keras.js';
import { modelFormat } from './model-format.js';
import { importTflite } from './tflite/import-tflite.js';
import { importTfjs } from './tfjs/import-tfjs.js';

/**
 * Reads a model of any format: ONNX as it is, the others imported. The format is told by the content, never by the
 * file's name.
 * @param name what to call the model in a message, such as its file name
 * @param shards the weight files that a TensorFlow.js model names in its manifest, by the paths it gives them
 * @throws {Problem} where the bytes are none of these, damaged, or hold operators that cannot be imported.
 */
export async function importModel(
  bytes: Uint8Array,
  name = 'the model',
  shards: ReadonlyMap<string, Uint8Array> = new Map(),
): Promise<OnnxModel> {
  switch (modelFormat(bytes, name)) {
    case 'ONNX':
      return decodeModel(bytes, name);
    case 'TFLite':
      return importTflite(bytes, name);
    case 'Keras':
      return await importKeras(bytes, name);
    case 'TensorFlow.js':
      return importTfjs(bytes, shards, name);
  }
}
