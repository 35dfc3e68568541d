export { attribute, float, floats, graph, int, ints, string, tensor } from './attributes.js';
export { decodeModel } from './codec/decode-model.js';
export { encodeModel } from './codec/encode-model.js';
export { Constant, type ConstantData } from './constant.js';
export { elementTypeCode, elementTypeOfCode, type ElementType } from './element-type.js';
export { GraphBuilder, type NodeOptions } from './graph-builder.js';
export * from './graph.js';
