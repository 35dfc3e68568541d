import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { Problem } from '../problem.js';
import type { FetchOptions } from './zoo/catalogue-entry.js';
import { fetchModel } from './zoo/fetch-model.js';

/**
 * The file that a reference to a model means: a path of an existing file, else a zoo name.
 * @throws Problem where it is neither.
 */
export async function resolveReference(reference: string, options: FetchOptions = {}): Promise<string> {
  const status = await stat(reference).catch(() => undefined);
  if (status?.isFile() === true) return reference;
  // Zoo names have neither a folder nor the ending of a model file.
  if (/[/\\]/.test(reference) || isModelEnding(extname(reference))) {
    throw new Problem(
      reference,
      status?.isDirectory() === true ? 'it is a folder, not a model file' : 'there is no such model file',
      'give the path of a model file, or a name that `faceprobe models list` shows',
    );
  }
  return fetchModel(reference, options);
}

function isModelEnding(ending: string): boolean {
  return /^\.(onnx|tflite|json|h5|hdf5|keras|pb|pth?|ckpt|bin|tar|dat)$/i.test(ending);
}
