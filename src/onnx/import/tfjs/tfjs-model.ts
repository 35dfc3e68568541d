import { z } from 'zod';
import { Problem } from '../../../problem.js';
import { TfjsNode } from './tfjs-node.js';

/*
 * The parts of a model.json that the import needs: a GraphDef of TensorFlow written as JSON, and the manifest of the
 * weight files (tfjs-core's `io/types.ts`).
 */

const integer = z.union([z.string(), z.number()]);

/** A value of an attribute (TensorFlow's AttrValue); bytes are in base64, or a list of character codes. */
const bytes = z.union([z.string(), z.array(z.number())]);
const shape = z.object({ dim: z.array(z.object({ size: integer.optional() })).optional() });
const attributeValue = z.object({
  s: bytes.optional(),
  i: integer.optional(),
  f: z.number().optional(),
  b: z.boolean().optional(),
  type: z.union([z.string(), z.number()]).optional(),
  shape: shape.optional(),
  list: z
    .object({
      s: z.array(bytes).optional(),
      i: z.array(integer).optional(),
      f: z.array(z.number()).optional(),
    })
    .optional(),
});

const node = z.object({
  name: z.string(),
  op: z.string(),
  input: z.array(z.string()).optional(),
  attr: z.record(z.string(), attributeValue).optional(),
});

const weight = z.object({
  name: z.string(),
  shape: z.array(z.int().nonnegative()),
  dtype: z.string(),
  quantization: z
    .object({ dtype: z.string(), scale: z.number().optional(), min: z.number().optional() })
    .optional(),
});

const weightGroup = z.object({ paths: z.array(z.string()), weights: z.array(weight) });

const signatureEntries = z.record(z.string(), z.object({ name: z.string() })).optional();

const modelSchema = z.object({
  modelTopology: z.object({ node: z.array(node) }),
  weightsManifest: z.array(weightGroup),
  signature: z.object({ inputs: signatureEntries, outputs: signatureEntries }).optional(),
});

const formatSchema = z.object({ format: z.string().optional() });

export type AttributeValue = z.infer<typeof attributeValue>;
export type TfjsWeight = z.infer<typeof weight>;
export type WeightGroup = z.infer<typeof weightGroup>;

export interface TfjsModel {
  readonly nodes: ReadonlyMap<string, TfjsNode>;
  readonly weightGroups: readonly WeightGroup[];
  /** What the model's signature calls a node that is an input or an output. */
  readonly inputNames: ReadonlyMap<string, string>;
  readonly outputNames: ReadonlyMap<string, string>;
}

/** @throws {Problem} where the bytes are no model.json of a graph model. */
export function readTfjsModel(json: Uint8Array, name: string): TfjsModel {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder().decode(json));
  } catch (cause) {
    throw new Problem(name, `is not valid JSON: ${(cause as Error).message}`, 'download the file again', {
      cause,
    });
  }
  const format = formatSchema.safeParse(parsed).data?.format;
  if (format === 'layers-model') {
    throw new Problem(
      name,
      'is a TensorFlow.js layers model; only graph models can be imported',
      'convert it with tensorflowjs_converter --input_format tfjs_layers_model --output_format tfjs_graph_model, or give the Keras file it was made from',
    );
  }
  const result = modelSchema.safeParse(parsed);
  if (!result.success) {
    const [{ path, message }] = result.error.issues;
    throw new Problem(
      name,
      `is not the model.json of a TensorFlow.js graph model: ${path.join('.')}: ${message}`,
      'give the JSON file that lies beside the weight files',
    );
  }
  const { modelTopology, weightsManifest, signature } = result.data;
  return {
    nodes: new Map(
      modelTopology.node.map(({ name: own, op, input, attr }) => [
        own,
        new TfjsNode(own, op, (input ?? []).map(producer), attr ?? {}),
      ]),
    ),
    weightGroups: weightsManifest,
    inputNames: namesByNode(signature?.inputs),
    outputNames: namesByNode(signature?.outputs),
  };
}

function producer(reference: string): string {
  return reference.replace(/:0$/, '');
}

/** `{ age: { name: 'Identity:0' } }` says that the tensor Identity is called age. */
function namesByNode(entries: Readonly<Record<string, { readonly name: string }>> = {}): Map<string, string> {
  return new Map(Object.entries(entries).map(([key, { name }]) => [producer(name), producer(key)]));
}
