import type { ChannelsLastGraph, Value } from '../../channels-last/channels-last-graph.js';
import type { TfjsNode } from '../tfjs-node.js';

/**
 * Adds the ONNX nodes for one node of the file and returns its outputs; throws `Unsupported` where a setting of it
 * cannot be expressed. Defaults of attributes are those of tfjs-converter's `operations/op_list`.
 */
export type Converter = (
  node: TfjsNode,
  inputs: readonly Value[],
  graph: ChannelsLastGraph,
) => Value | readonly Value[];

export type Converters = Readonly<Record<string, Converter>>;
