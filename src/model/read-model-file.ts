import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { Problem } from '../problem.js';

/** Endings of model files that are no ONNX, and what they are. */
const foreign = new Map([
  ['.json', 'a TensorFlow.js model'],
  ['.h5', 'a Keras model'],
  ['.hdf5', 'a Keras model'],
  ['.keras', 'a Keras model'],
  ['.pb', 'a TensorFlow graph'],
  ['.pt', 'a PyTorch file'],
  ['.pth', 'a PyTorch file'],
  ['.mlmodel', 'a Core ML model'],
  ['.caffemodel', 'a Caffe model'],
]);

/**
 * Reads the bytes of an ONNX file.
 * @throws Problem where the file cannot be read or is of another kind.
 */
export async function readModelFile(file: string): Promise<Uint8Array> {
  const kind = foreign.get(extname(file).toLowerCase());
  if (kind !== undefined) {
    throw new Problem(file, `${kind} cannot be read`, 'give an ONNX file (.onnx)');
  }
  let bytes: Uint8Array;
  try {
    // A plain array: a Buffer's own `slice` does not copy, which the pure layers count on.
    bytes = new Uint8Array(await readFile(file));
  } catch (error) {
    throw new Problem(file, `the model cannot be read: ${(error as Error).message}`, undefined, {
      cause: error,
    });
  }
  if (bytes.length === 0) throw new Problem(file, 'the model file is empty');
  return bytes;
}
