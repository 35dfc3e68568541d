import { Problem } from '../../problem.js';
import type { Constant } from '../constant.js';
import { GraphBuilder } from '../graph-builder.js';
import { opsetVersion, type Attribute, type Graph, type Node, type OnnxModel } from '../graph.js';
import type { Fact } from '../shape/fact.js';
import { inferShapes } from '../shape/infer-shapes.js';
import { upgrades } from './opset/upgrades.js';

/** The opsets between which every change is known. */
const knownOpsets = { oldest: 7, newest: 21 } as const;

/**
 * Writes a model in a newer version of ONNX's operator set; what it computes in inference stays the same.
 * @param name what to call the model in a message
 * @throws {Problem} where the version is older than the model's, or where a node cannot be written in it.
 */
export function setOpset(model: OnnxModel, version: number, name = 'the model'): OnnxModel {
  const from = opsetVersion(model);
  if (from === version) return model;
  if (version < from)
    throw new Problem(name, `is written in opset ${from}, which cannot be lowered to ${version}`);
  if (from < knownOpsets.oldest || version > knownOpsets.newest) {
    throw new Problem(
      name,
      `cannot be brought from opset ${from} to ${version}: the changes from ${knownOpsets.oldest} to ${knownOpsets.newest} are known`,
    );
  }
  const names = new GraphBuilder(model.graph);
  const facts = inferShapes(model);
  const changes = upgrades.filter(({ opset }) => opset > from && opset <= version);

  const upgraded = (graph: Graph): Graph => {
    const nodes: Node[] = [];
    const initializers = new Map(graph.initializers);
    const context = (node: Node) => ({
      constant(value: Constant): string {
        const constant = names.fresh(`${node.outputs[0]}_constant`);
        initializers.set(constant, value);
        return constant;
      },
      before(opType: string, inputs: readonly string[], attributes = {}): string {
        const output = names.fresh(`${node.outputs[0]}_${opType}`);
        nodes.push({ name: output, opType, domain: '', inputs, outputs: [output], attributes });
        return output;
      },
      fact: (tensor: string): Fact | undefined => facts.get(tensor),
      refuse(why: string): never {
        throw new Problem(
          name,
          `cannot be brought from opset ${from} to ${version}: ${node.opType} "${node.name}": ${why}`,
        );
      },
    });
    for (const node of graph.nodes) {
      const inner = { ...node, attributes: withSubgraphs(node.attributes, upgraded) };
      nodes.push(
        changes.reduce((form, { operators }) => {
          const applies = form.domain === '' && Object.hasOwn(operators, form.opType);
          return applies ? operators[form.opType](form, context(node)) : form;
        }, inner),
      );
    }
    return { ...graph, nodes, initializers };
  };
  return { ...model, opsets: new Map([...model.opsets, ['', version]]), graph: upgraded(model.graph) };
}

function withSubgraphs(
  attributes: Node['attributes'],
  upgraded: (graph: Graph) => Graph,
): Node['attributes'] {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]): [string, Attribute] => {
      if (attribute.type === 'graph') return [name, { type: 'graph', value: upgraded(attribute.value) }];
      if (attribute.type === 'graphs')
        return [name, { type: 'graphs', value: attribute.value.map(upgraded) }];
      return [name, attribute];
    }),
  );
}
