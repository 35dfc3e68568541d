import type { ChannelsLastGraph, Value } from '../../channels-last/channels-last-graph.js';
import type { KerasLayer } from '../keras-layer.js';

/** Adds the ONNX nodes for one use of a layer; throws `Unsupported` where a setting of it cannot be expressed. */
export type Converter = (layer: KerasLayer, inputs: readonly Value[], graph: ChannelsLastGraph) => Value;

export type Converters = Readonly<Record<string, Converter>>;
