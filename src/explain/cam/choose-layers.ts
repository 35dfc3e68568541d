import { inferShapes, nearestNames, type OnnxModel, spatialLayers } from '../../onnx/index.js';
import { Problem } from '../../problem.js';

/**
 * The tensors that maps are drawn of: those that are named, or the last one before the network pools away or flattens its spatial
 * axes: that of a last convolution, as a rule.
 *
 * @param model what the target is computed by, and nothing more.
 * @param name what to call it in messages.
 * @throws Problem where there is no such layer; it lists those that there are.
 */
export function chooseLayers(
  model: OnnxModel,
  name: string,
  named: readonly string[] = [],
): { readonly layers: readonly string[]; readonly notes: readonly string[] } {
  const found = spatialLayers(model);
  if (found.length === 0 && named.length === 0) {
    throw new Problem(
      name,
      'has no layer with a height and a width, such as a convolution gives',
      'take a method that needs none: occlusion, rise, lime or gradient',
    );
  }
  if (named.length > 0) {
    for (const layer of named)
      checkLayer(
        model,
        name,
        layer,
        found.map(({ tensor }) => tensor),
      );
    return { layers: [...new Set(named)], notes: [] };
  }
  const last = found.filter(({ kind }) => kind === 'last').map(({ tensor }) => tensor);
  const layer = beforePooling(model, last.at(-1) ?? found.at(-1)!.tensor);
  return {
    layers: [layer],
    notes:
      last.length > 1
        ? [
            `the network has ${last.length} last layers, of which "${layer}" is shown; name others with --layer: ${last.slice(0, -1).join(', ')}`,
          ]
        : [],
  };
}

/** What a pooling layer pools: as near to the end of the network, but finer. */
function beforePooling(model: OnnxModel, layer: string): string {
  const maker = model.graph.nodes.find(({ outputs }) => outputs.includes(layer));
  return maker !== undefined && /^(Max|Average|Lp)Pool$/.test(maker.opType)
    ? beforePooling(model, maker.inputs[0])
    : layer;
}

function checkLayer(model: OnnxModel, name: string, layer: string, found: readonly string[]): void {
  const facts = inferShapes(model);
  const computed = model.graph.nodes.some(({ outputs }) => outputs.includes(layer));
  const shape = facts.get(layer)?.shape;
  if (computed && shape?.length === 4) return;
  const near = found.length > 0 ? found : nearestNames(layer, [...facts.keys()]);
  throw new Problem(
    `layer ${layer}`,
    computed
      ? `is no batch of maps in ${name}: its shape is ${shape === undefined ? 'not known' : `[${shape.join(', ')}]`}`
      : `is not computed by ${name} on the way to the target`,
    `the layers are ${near.join(', ')}`,
  );
}
