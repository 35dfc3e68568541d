import { Problem } from '../../problem.js';

export type ModelFormat = 'ONNX' | 'TFLite' | 'TensorFlow.js' | 'Keras';

/**
 * The format of a model file, told by its content, never by its name. What is none of the others is taken for ONNX,
 * which has no mark of its own.
 * @throws {Problem} where the file is a zip archive, as Keras 3 and PyTorch write them.
 */
export function modelFormat(bytes: Uint8Array, name = 'the model'): ModelFormat {
  const text = (start: number, end: number) => String.fromCharCode(...bytes.subarray(start, end));
  // FlatBuffers keeps the format's name behind the offset of its root.
  if (text(4, 8) === 'TFL3') return 'TFLite';
  if (text(0, 8) === '\u0089HDF\r\n\u001a\n') return 'Keras';
  if (/^\s*[{[]/.test(text(0, 64))) return 'TensorFlow.js';
  if (text(0, 4) === 'PK\u0003\u0004') {
    throw new Problem(
      name,
      'is a zip archive, as Keras 3 (.keras) and PyTorch write them; it cannot be imported',
      'save the Keras model as HDF5 (model.save("model.h5")), or export it to ONNX',
    );
  }
  return 'ONNX';
}
