import { File, ready } from 'h5wasm';

export interface LayerJson {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly inbound_nodes?: readonly unknown[];
  readonly name?: string;
}

export type Weights = Readonly<
  Record<string, Readonly<Record<string, readonly [Float32Array, readonly number[]]>>>
>;

/** Writes an HDF5 file as Keras 2 does. Without a configuration it holds weights only. */
export async function kerasHdf5(config: unknown, weights: Weights): Promise<Uint8Array> {
  const { FS } = await ready;
  const path = 'written.h5';
  const file = new File(path, 'w');
  if (config !== undefined) file.create_attribute('model_config', JSON.stringify(config));
  const root = file.create_group('model_weights');
  for (const [layer, own] of Object.entries(weights)) {
    const outer = root.create_group(layer);
    const inner = outer.create_group(layer);
    const names = Object.keys(own).map((name) => `${layer}/${name}:0`);
    if (names.length > 0) outer.create_attribute('weight_names', names);
    for (const [name, [data, shape]] of Object.entries(own)) {
      inner.create_dataset({ name: `${name}:0`, data, shape: [...shape] });
    }
  }
  file.close();
  const bytes = Uint8Array.from(FS.readFile(path));
  FS.unlink(path);
  return bytes;
}
