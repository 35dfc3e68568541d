import { fromBinary } from '@bufbuild/protobuf';
import { Problem } from '../../problem.js';
import { elementCount } from '../../tensor/tensor.js';
import { bytesPerElement, Constant } from '../constant.js';
import { elementTypeOfCode, type ElementType } from '../element-type.js';
import {
  AttributeProto_AttributeType as Kind,
  ModelProtoSchema,
  TensorProto_DataLocation,
  type AttributeProto,
  type GraphProto,
  type ModelProto,
  type NodeProto,
  type TensorProto,
  type TypeProto,
  type ValueInfoProto,
} from '../generated/onnx-ml_pb.js';
import type { Attribute, Dimension, Graph, Node, OnnxModel, ValueInfo } from '../graph.js';
import { setFields, type CarriedByGraph, type CarriedByModel, type CarriedByNode } from './carried.js';

/**
 * Reads an ONNX file. Weights are views of `bytes`, which therefore must not be changed afterwards. Initializers that
 * the file lists among the inputs (as files before IR version 4 must) are constants here, not inputs.
 * @param name what to call the model in a message, such as its file name
 * @throws {Problem} where the bytes are truncated or are no ONNX model, or the weights lie in another file.
 */
export function decodeModel(bytes: Uint8Array, name = 'the model'): OnnxModel {
  if (bytes.length === 0) throw new Problem(name, 'is empty');
  const proto = parse(bytes, name);
  const { graph } = proto;
  if (proto.irVersion <= 0n || proto.irVersion > 1000n) throw new Problem(name, 'is not an ONNX model');
  if (graph === undefined || proto.opsetImport.length === 0) {
    throw new Problem(
      name,
      `has no ${graph === undefined ? 'graph' : 'operator set'}: it is truncated or not ONNX`,
    );
  }
  return {
    irVersion: Number(proto.irVersion),
    opsets: new Map(proto.opsetImport.map(({ domain, version }) => [plainDomain(domain), Number(version)])),
    producer: { name: proto.producerName, version: proto.producerVersion },
    metadata: new Map(proto.metadataProps.map(({ key, value }) => [key, value])),
    graph: decodeGraph(graph, name),
    carried: setFields(proto, [
      'domain',
      'modelVersion',
      'docString',
      'trainingInfo',
      'functions',
      'configuration',
    ]) satisfies CarriedByModel | undefined,
  };
}

function parse(bytes: Uint8Array, name: string): ModelProto {
  try {
    return fromBinary(ModelProtoSchema, bytes, { readUnknownFields: true });
  } catch (cause) {
    throw new Problem(name, 'is truncated or not an ONNX model', undefined, { cause });
  }
}

/** ONNX's own operators are in the domain '', which may also be spelt out. */
function plainDomain(domain: string): string {
  return domain === 'ai.onnx' ? '' : domain;
}

function decodeGraph(proto: GraphProto, model: string): Graph {
  const initializers = new Map(
    proto.initializer.map((tensor) => [tensor.name, decodeTensor(tensor, tensor.name, model)]),
  );
  const sparse = new Set(proto.sparseInitializer.map(({ values }) => values?.name));
  return {
    name: proto.name,
    inputs: proto.input
      .filter(({ name }) => !initializers.has(name) && !sparse.has(name))
      .map(decodeValueInfo),
    outputs: proto.output.map(decodeValueInfo),
    nodes: proto.node.map((node) => decodeNode(node, model)),
    initializers,
    valueInfo: new Map(proto.valueInfo.map((info) => [info.name, decodeValueInfo(info)])),
    carried: setFields(proto, [
      'docString',
      'sparseInitializer',
      'quantizationAnnotation',
      'metadataProps',
    ]) satisfies CarriedByGraph | undefined,
  };
}

function decodeNode(proto: NodeProto, model: string): Node {
  const owner = `${proto.opType} "${proto.name}"`;
  const carried: CarriedByNode | undefined = setFields(proto, [
    'docString',
    'overload',
    'metadataProps',
    'deviceConfigurations',
  ]);
  return {
    name: proto.name,
    opType: proto.opType,
    domain: plainDomain(proto.domain),
    inputs: proto.input,
    outputs: proto.output,
    attributes: Object.fromEntries(
      proto.attribute.map((attribute) => [attribute.name, decodeAttribute(attribute, owner, model)]),
    ),
    ...(carried === undefined ? {} : { carried }),
  };
}

function decodeAttribute(proto: AttributeProto, owner: string, model: string): Attribute {
  const carried: Attribute = { type: 'carried', value: proto };
  if (proto.refAttrName !== '') return carried;
  const tensor = (value: TensorProto) => decodeTensor(value, `${proto.name} of ${owner}`, model);
  switch (proto.type) {
    case Kind.INT:
      return { type: 'int', value: Number(proto.i) };
    case Kind.FLOAT:
      return { type: 'float', value: proto.f };
    case Kind.STRING: {
      const value = utf8(proto.s);
      return value === undefined ? carried : { type: 'string', value };
    }
    case Kind.INTS:
      return { type: 'ints', value: proto.ints.map(Number) };
    case Kind.FLOATS:
      return { type: 'floats', value: proto.floats };
    case Kind.STRINGS: {
      const value = proto.strings.map(utf8);
      return value.every((text) => text !== undefined) ? { type: 'strings', value } : carried;
    }
    case Kind.TENSOR:
      return proto.t === undefined ? carried : { type: 'tensor', value: tensor(proto.t) };
    case Kind.TENSORS:
      return { type: 'tensors', value: proto.tensors.map(tensor) };
    case Kind.GRAPH:
      return proto.g === undefined ? carried : { type: 'graph', value: decodeGraph(proto.g, model) };
    case Kind.GRAPHS:
      return { type: 'graphs', value: proto.graphs.map((graph) => decodeGraph(graph, model)) };
    default:
      return carried;
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

function decodeValueInfo(proto: ValueInfoProto): ValueInfo {
  const { name, type } = proto;
  if (type?.value.case !== 'tensorType') {
    return { name, elementType: undefined, shape: undefined, carried: type satisfies TypeProto | undefined };
  }
  const { elemType, shape } = type.value.value;
  return { name, elementType: elementTypeOfCode(elemType), shape: shape?.dim.map(decodeDimension) };
}

function decodeDimension({
  value,
}: NonNullable<
  Extract<TypeProto['value'], { case: 'tensorType' }>['value']['shape']
>['dim'][number]): Dimension {
  if (value.case === 'dimValue') return Number(value.value);
  return value.case === 'dimParam' && value.value !== '' ? value.value : null;
}

function decodeTensor(proto: TensorProto, tensor: string, model: string): Constant {
  const elementType = elementTypeOfCode(proto.dataType);
  if (elementType === undefined) {
    throw new Problem(model, `tensor "${tensor}" has the unknown element type ${proto.dataType}`);
  }
  if (proto.dataLocation === TensorProto_DataLocation.EXTERNAL || proto.externalData.length > 0) {
    const file = proto.externalData.find(({ key }) => key === 'location')?.value ?? 'another file';
    throw new Problem(
      model,
      `keeps the weights "${tensor}" outside itself, in ${file}`,
      'save the model as one file, without external data',
    );
  }
  const shape = proto.dims.map(Number);
  if (elementType === 'string') return new Constant('string', shape, new Uint8Array(0), proto.stringData);
  const bytes = proto.rawData.length > 0 ? proto.rawData : typedFieldBytes(proto, elementType);
  const size = bytesPerElement(elementType);
  if (size !== undefined && bytes.length !== elementCount(shape) * size) {
    throw new Problem(
      model,
      `tensor "${tensor}" [${shape.join(', ')}] of ${elementType} has ${bytes.length} bytes ` +
        `instead of ${elementCount(shape) * size}: the file is damaged`,
    );
  }
  return new Constant(elementType, shape, bytes);
}

/** Small tensors may be stored as lists of numbers, one list for several element types, instead of bytes. */
function typedFieldBytes(proto: TensorProto, elementType: ElementType): Uint8Array {
  const data = typedField(proto, elementType);
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

function typedField(proto: TensorProto, elementType: ElementType): ArrayBufferView {
  switch (elementType) {
    case 'float32':
    case 'complex64':
      return Float32Array.from(proto.floatData);
    case 'float64':
    case 'complex128':
      return Float64Array.from(proto.doubleData);
    case 'int64':
      return BigInt64Array.from(proto.int64Data);
    case 'uint64':
      return BigUint64Array.from(proto.uint64Data);
    case 'uint32':
      return Uint32Array.from(proto.uint64Data, Number);
    case 'int32':
      return Int32Array.from(proto.int32Data);
    case 'int16':
    case 'uint16':
    case 'float16':
    case 'bfloat16':
      return Uint16Array.from(proto.int32Data);
    default:
      return Uint8Array.from(proto.int32Data);
  }
}
