import { create, toBinary } from '@bufbuild/protobuf';
import { toInt64, type Constant } from '../constant.js';
import { elementTypeCode } from '../element-type.js';
import {
  AttributeProto_AttributeType as Kind,
  AttributeProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  TensorProtoSchema,
  ValueInfoProtoSchema,
  type AttributeProto,
  type GraphProto,
  type NodeProto,
  type TensorProto,
  type TypeProto,
  type ValueInfoProto,
} from '../generated/onnx-ml_pb.js';
import type { Attribute, Dimension, Graph, Node, OnnxModel, ValueInfo } from '../graph.js';
import type { CarriedByGraph, CarriedByModel, CarriedByNode } from './carried.js';

/** The first IR version in which an initializer need not be listed among the inputs. */
const initializersAreNoInputs = 4;

/** Writes an ONNX file. One model gives the same bytes every time. */
export function encodeModel(model: OnnxModel): Uint8Array {
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      ...(model.carried as CarriedByModel | undefined),
      irVersion: BigInt(Math.max(model.irVersion, initializersAreNoInputs)),
      opsetImport: Array.from(model.opsets, ([domain, version]) => ({ domain, version: BigInt(version) })),
      producerName: model.producer.name,
      producerVersion: model.producer.version,
      metadataProps: Array.from(model.metadata, ([key, value]) => ({ key, value })),
      graph: encodeGraph(model.graph),
    }),
  );
}

function encodeGraph(graph: Graph): GraphProto {
  return create(GraphProtoSchema, {
    ...(graph.carried as CarriedByGraph | undefined),
    name: graph.name,
    input: graph.inputs.map(encodeValueInfo),
    output: graph.outputs.map(encodeValueInfo),
    node: graph.nodes.map(encodeNode),
    initializer: Array.from(graph.initializers, ([name, constant]) => encodeTensor(constant, name)),
    valueInfo: Array.from(graph.valueInfo.values(), encodeValueInfo),
  });
}

function encodeNode(node: Node): NodeProto {
  return create(NodeProtoSchema, {
    ...(node.carried as CarriedByNode | undefined),
    name: node.name,
    opType: node.opType,
    domain: node.domain,
    input: [...node.inputs],
    output: [...node.outputs],
    attribute: Object.entries(node.attributes).map(([name, attribute]) => encodeAttribute(name, attribute)),
  });
}

const encoder = new TextEncoder();

function encodeAttribute(name: string, { type, value }: Attribute): AttributeProto {
  switch (type) {
    case 'int':
      return create(AttributeProtoSchema, { name, type: Kind.INT, i: toInt64(value) });
    case 'float':
      return create(AttributeProtoSchema, { name, type: Kind.FLOAT, f: value });
    case 'string':
      return create(AttributeProtoSchema, { name, type: Kind.STRING, s: encoder.encode(value) });
    case 'tensor':
      return create(AttributeProtoSchema, { name, type: Kind.TENSOR, t: encodeTensor(value, '') });
    case 'graph':
      return create(AttributeProtoSchema, { name, type: Kind.GRAPH, g: encodeGraph(value) });
    case 'ints':
      return create(AttributeProtoSchema, { name, type: Kind.INTS, ints: value.map(toInt64) });
    case 'floats':
      return create(AttributeProtoSchema, { name, type: Kind.FLOATS, floats: [...value] });
    case 'strings':
      return create(AttributeProtoSchema, {
        name,
        type: Kind.STRINGS,
        strings: value.map((text) => encoder.encode(text)),
      });
    case 'tensors':
      return create(AttributeProtoSchema, {
        name,
        type: Kind.TENSORS,
        tensors: value.map((constant) => encodeTensor(constant, '')),
      });
    case 'graphs':
      return create(AttributeProtoSchema, { name, type: Kind.GRAPHS, graphs: value.map(encodeGraph) });
    case 'carried':
      return value as AttributeProto;
  }
}

function encodeTensor(constant: Constant, name: string): TensorProto {
  return create(TensorProtoSchema, {
    name,
    dims: constant.shape.map(BigInt),
    dataType: elementTypeCode(constant.elementType),
    ...(constant.strings === undefined ? { rawData: constant.bytes } : { stringData: [...constant.strings] }),
  });
}

function encodeValueInfo({ name, elementType, shape, carried }: ValueInfo): ValueInfoProto {
  if (carried !== undefined) return create(ValueInfoProtoSchema, { name, type: carried as TypeProto });
  if (elementType === undefined) return create(ValueInfoProtoSchema, { name });
  return create(ValueInfoProtoSchema, {
    name,
    type: {
      value: {
        case: 'tensorType',
        value: {
          elemType: elementTypeCode(elementType),
          ...(shape === undefined ? {} : { shape: { dim: shape.map(encodeDimension) } }),
        },
      },
    },
  });
}

function encodeDimension(dimension: Dimension) {
  if (dimension === null) return {};
  return typeof dimension === 'number'
    ? { value: { case: 'dimValue' as const, value: BigInt(dimension) } }
    : { value: { case: 'dimParam' as const, value: dimension } };
}
