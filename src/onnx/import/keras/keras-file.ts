import { Problem } from '../../../problem.js';
import { Constant } from '../../constant.js';

/** What an HDF5 file that Keras wrote holds of a network. */
export interface KerasFile {
  /** The `model_config` attribute: JSON. */
  readonly config: string;
  /** The stored tensors of each layer by their own names, such as `kernel` and `bias`. */
  readonly weights: ReadonlyMap<string, ReadonlyMap<string, Constant>>;
}

/**
 * Reads the container. The HDF5 library is loaded when it is first needed: it takes half a second.
 * @throws {Problem} where the bytes are no HDF5 file, a damaged one, or one that Keras did not write a whole model into.
 */
export async function readKerasFile(bytes: Uint8Array, name: string): Promise<KerasFile> {
  const { ready, File, Group, Dataset } = await import('h5wasm');
  const hdf5 = await ready;
  const { FS } = hdf5;
  // Otherwise the library prints its stack of errors.
  hdf5.activate_throwing_error_handler();
  // A file in memory; one at a time is open.
  const path = 'model.h5';
  FS.writeFile(path, bytes);
  let file: InstanceType<typeof File> | undefined;
  try {
    file = new File(path, 'r');
    const config = textOf(attributeOf(file.attrs, 'model_config'));
    if (config === undefined) {
      throw new Problem(
        name,
        'holds no Keras model: its attribute "model_config" is missing',
        'save the whole model, not only its weights (model.save("model.h5"))',
      );
    }
    const root = file.get('model_weights');
    if (!(root instanceof Group)) throw new Problem(name, 'holds no weights', 'save the whole model');
    const weights = new Map<string, Map<string, Constant>>();
    for (const layer of root.keys()) {
      const group = root.get(layer);
      if (!(group instanceof Group)) continue;
      const names = attributeOf(group.attrs, 'weight_names');
      const own = new Map<string, Constant>();
      for (const weight of Array.isArray(names) ? names.map(String) : []) {
        const dataset = group.get(weight);
        if (!(dataset instanceof Dataset)) throw new Problem(name, `its weight "${weight}" is missing`);
        own.set(shortName(weight), constantOf(dataset.value, dataset.shape ?? [], weight, name));
      }
      weights.set(layer, own);
    }
    return { config, weights };
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw new Problem(name, 'is a damaged or truncated HDF5 file', 'download or save it again', { cause });
  } finally {
    try {
      file?.close();
    } finally {
      FS.unlink(path);
    }
  }
}

function attributeOf(
  attributes: Readonly<Record<string, { readonly value: unknown }>>,
  name: string,
): unknown {
  return Object.hasOwn(attributes, name) ? attributes[name].value : undefined;
}

/** `conv2d_1/kernel:0` is the layer's `kernel`. */
function shortName(weight: string): string {
  return weight.slice(weight.lastIndexOf('/') + 1).replace(/:\d+$/, '');
}

function textOf(value: unknown): string | undefined {
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  return typeof value === 'string' ? value : undefined;
}

function constantOf(value: unknown, shape: readonly number[], weight: string, name: string): Constant {
  if (!(value instanceof Float32Array) && !(value instanceof Float64Array)) {
    throw new Problem(name, `its weight "${weight}" is not stored as 32-bit floats`);
  }
  return Constant.float32(Float32Array.from(value), shape);
}
