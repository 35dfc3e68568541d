import { Problem } from '../problem.js';
import type { Constant } from './constant.js';
import type { Attribute, Graph, Node } from './graph.js';

type TypeOf<Kind extends Attribute['type']> = Extract<Attribute, { readonly type: Kind }>['value'];

function read<Kind extends Attribute['type'], Default>(
  node: Node,
  name: string,
  kind: Kind,
  otherwise: Default,
) {
  if (!Object.hasOwn(node.attributes, name)) return otherwise;
  const attribute = node.attributes[name];
  if ((attribute.type as string) !== kind) {
    throw new Problem(
      `${node.opType} "${node.name}"`,
      `its attribute "${name}" is ${attribute.type} instead of ${kind}: the model is malformed`,
    );
  }
  return attribute.value as TypeOf<Kind>;
}

/*
 * Readers: `ints(node, 'pads', [0, 0, 0, 0])` is the attribute's value, or the default where the node has none. Without
 * a default it is `undefined` there. An attribute of another type is a Problem.
 */

export function int(node: Node, name: string, otherwise: number): number;
export function int(node: Node, name: string): number | undefined;
export function int(node: Node, name: string, otherwise?: number): number | undefined {
  return read(node, name, 'int', otherwise);
}

export function float(node: Node, name: string, otherwise: number): number;
export function float(node: Node, name: string): number | undefined;
export function float(node: Node, name: string, otherwise?: number): number | undefined {
  return read(node, name, 'float', otherwise);
}

export function string(node: Node, name: string, otherwise: string): string;
export function string(node: Node, name: string): string | undefined;
export function string(node: Node, name: string, otherwise?: string): string | undefined {
  return read(node, name, 'string', otherwise);
}

export function ints(node: Node, name: string, otherwise: readonly number[]): readonly number[];
export function ints(node: Node, name: string): readonly number[] | undefined;
export function ints(node: Node, name: string, otherwise?: readonly number[]): readonly number[] | undefined {
  return read(node, name, 'ints', otherwise);
}

export function floats(node: Node, name: string, otherwise: readonly number[]): readonly number[];
export function floats(node: Node, name: string): readonly number[] | undefined;
export function floats(
  node: Node,
  name: string,
  otherwise?: readonly number[],
): readonly number[] | undefined {
  return read(node, name, 'floats', otherwise);
}

export function tensor(node: Node, name: string): Constant | undefined {
  return read(node, name, 'tensor', undefined);
}

export function graph(node: Node, name: string): Graph | undefined {
  return read(node, name, 'graph', undefined);
}

/** Writers: `{ pads: attribute.ints([1, 1, 1, 1]), mode: attribute.string('linear') }`. */
export const attribute = {
  int: (value: number): Attribute => ({ type: 'int', value }),
  float: (value: number): Attribute => ({ type: 'float', value }),
  string: (value: string): Attribute => ({ type: 'string', value }),
  ints: (value: readonly number[]): Attribute => ({ type: 'ints', value }),
  floats: (value: readonly number[]): Attribute => ({ type: 'floats', value }),
  strings: (value: readonly string[]): Attribute => ({ type: 'strings', value }),
  tensor: (value: Constant): Attribute => ({ type: 'tensor', value }),
  graph: (value: Graph): Attribute => ({ type: 'graph', value }),
};
