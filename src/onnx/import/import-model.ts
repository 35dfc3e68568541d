import { decodeModel } from '../codec/decode-model.js';
import type { OnnxModel } from '../graph.js';
import { importTflite } from './tflite/import-tflite.js';

/**
 * Reads a model file of any format that consists of one file: ONNX as it is, TFLite imported. The format is told by the
 * content, never by the file's name.
 * @param name what to call the model in a message, such as its file name
 * @throws {Problem} where the bytes are none of these, damaged, or hold operators that cannot be imported.
 */
export function importModel(bytes: Uint8Array, name = 'the model'): OnnxModel {
  return isTflite(bytes) ? importTflite(bytes, name) : decodeModel(bytes, name);
}

/** FlatBuffers keeps the format's name behind the offset of its root. */
function isTflite(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(4, 8)) === 'TFL3';
}
