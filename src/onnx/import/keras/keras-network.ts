import { z } from 'zod';
import { Problem } from '../../../problem.js';
import type { KerasFile } from './keras-file.js';
import { KerasLayer } from './keras-layer.js';

/** One use of a layer. */
export interface KerasCall {
  readonly layer: KerasLayer;
  /** What the use is known by: the layer's name, and which use of it this is. */
  readonly key: string;
  readonly inputs: readonly string[];
}

export interface KerasNetwork {
  /** In the order of the file, which is an order in which they can be computed. */
  readonly calls: readonly KerasCall[];
  readonly outputs: readonly { readonly name: string; readonly key: string }[];
}

const layerSchema = z.object({
  class_name: z.string(),
  name: z.string().optional(),
  config: z.record(z.string(), z.unknown()),
  inbound_nodes: z.array(z.unknown()).optional(),
});
const functionalSchema = z.object({ layers: z.array(layerSchema), output_layers: z.array(z.unknown()) });
const modelSchema = z.discriminatedUnion('class_name', [
  z.object({
    class_name: z.literal('Sequential'),
    config: z.union([z.array(layerSchema), z.object({ layers: z.array(layerSchema) })]),
  }),
  z.object({ class_name: z.enum(['Model', 'Functional']), config: functionalSchema }),
]);

type LayerJson = z.infer<typeof layerSchema>;

/** @throws {Problem} where the configuration is not that of a Sequential or Functional model of Keras 2. */
export function readKerasNetwork({ config, weights }: KerasFile, name: string): KerasNetwork {
  let parsed: unknown;
  try {
    parsed = JSON.parse(config);
  } catch (cause) {
    throw new Problem(name, `its model_config is not valid JSON: ${(cause as Error).message}`, undefined, {
      cause,
    });
  }
  const result = modelSchema.safeParse(parsed);
  if (!result.success) {
    const [{ path, message }] = result.error.issues;
    throw new Problem(
      name,
      `its model_config is not that of a Sequential or Functional model: ${path.join('.')}: ${message}`,
      'export the model to ONNX where it was trained',
    );
  }
  const layerOf = (json: LayerJson): KerasLayer => {
    const own = json.name ?? String(json.config.name);
    return new KerasLayer(own, json.class_name, json.config, weights.get(own) ?? new Map());
  };
  const model = result.data;
  return model.class_name === 'Sequential'
    ? sequential(Array.isArray(model.config) ? model.config : model.config.layers, layerOf, name)
    : functional(model.config, layerOf);
}

/** The first layer says what goes in, unless there is an InputLayer. */
function sequential(
  layers: readonly LayerJson[],
  layerOf: (json: LayerJson) => KerasLayer,
  name: string,
): KerasNetwork {
  const all = layers.map(layerOf);
  if (all.length === 0) throw new Problem(name, 'is a Sequential model without layers');
  const [first] = all;
  const shape = { batch_input_shape: first.value('batch_input_shape') };
  const input = new KerasLayer(`${first.name}_input`, 'InputLayer', shape, new Map());
  const chain = first.kind === 'InputLayer' ? all : [input, ...all];
  const calls = chain.map((layer, i) => ({
    layer,
    key: keyOf(layer.name, 0),
    inputs: i === 0 ? [] : [keyOf(chain[i - 1].name, 0)],
  }));
  const last = calls.at(-1)!;
  return { calls, outputs: [{ name: last.layer.name, key: last.key }] };
}

function functional(
  { layers, output_layers }: z.infer<typeof functionalSchema>,
  layerOf: (json: LayerJson) => KerasLayer,
): KerasNetwork {
  const calls = layers.flatMap((json): KerasCall[] => {
    const layer = layerOf(json);
    const nodes = json.inbound_nodes ?? [];
    if (nodes.length === 0) return [{ layer, key: keyOf(layer.name, 0), inputs: [] }];
    return nodes.map((node, i) => ({ layer, key: keyOf(layer.name, i), inputs: references(node) }));
  });
  // A single output may be written without the list around it.
  const ends = typeof output_layers[0] === 'string' ? [output_layers] : output_layers;
  const outputs = ends.map((end) => ({ name: String((end as unknown[])[0]), key: references([end])[0] }));
  return { calls, outputs };
}

/** Tensors are written [layer, use, output, ...]; in a list, or inside the arguments of a call as Keras 3 has them. */
function references(node: unknown): string[] {
  if (Array.isArray(node)) {
    const [layer, use] = node as readonly unknown[];
    if (typeof layer === 'string' && typeof use === 'number') return [keyOf(layer, use)];
    return node.flatMap(references);
  }
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(references) : [];
}

function keyOf(layer: string, use: number): string {
  return `${layer}#${use}`;
}
