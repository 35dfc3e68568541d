import type { Constant } from './constant.js';
import type { ElementType } from './element-type.js';

/** Length of an axis: fixed, named (axes with one name have one length), or unknown. */
export type Dimension = number | string | null;

/** A part of the file that this library neither reads nor changes, kept so that it survives a round trip. */
export interface Carried {
  readonly carried?: unknown;
}

/** Name, element type and shape of a tensor. */
export interface ValueInfo extends Carried {
  readonly name: string;
  /** `undefined` where the file does not say, or where the value is no tensor (a sequence, a map). */
  readonly elementType: ElementType | undefined;
  /** `undefined` where not even the number of axes is known. */
  readonly shape: readonly Dimension[] | undefined;
}

/** An attribute of a node. Integers are numbers: exact up to 2^53, and the largest int64 stays the largest int64. */
export type Attribute =
  | { readonly type: 'int' | 'float'; readonly value: number }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'tensor'; readonly value: Constant }
  | { readonly type: 'graph'; readonly value: Graph }
  | { readonly type: 'ints' | 'floats'; readonly value: readonly number[] }
  | { readonly type: 'strings'; readonly value: readonly string[] }
  | { readonly type: 'tensors'; readonly value: readonly Constant[] }
  | { readonly type: 'graphs'; readonly value: readonly Graph[] }
  /** Sparse tensors, types and references to the attributes of a function. */
  | { readonly type: 'carried'; readonly value: unknown };

export type Attributes = Readonly<Record<string, Attribute>>;

export interface Node extends Carried {
  readonly name: string;
  /** Such as `Conv`. */
  readonly opType: string;
  /** Empty for the operators of ONNX itself. */
  readonly domain: string;
  /** Tensor names; an empty name is an optional input that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
}

/** A computation: nodes in topological order, connected by tensor names. */
export interface Graph extends Carried {
  readonly name: string;
  /** What must be fed. Initializers are not inputs, even where an old file lists them as such. */
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly nodes: readonly Node[];
  readonly initializers: ReadonlyMap<string, Constant>;
  /** What the file says about intermediate tensors, by name. */
  readonly valueInfo: ReadonlyMap<string, ValueInfo>;
}

/** An ONNX model. It is never changed in place: every edit returns a new model that shares what stayed the same. */
export interface OnnxModel extends Carried {
  readonly irVersion: number;
  /** Version of each operator set, by domain; the operators of ONNX itself have the domain ''. */
  readonly opsets: ReadonlyMap<string, number>;
  readonly producer: { readonly name: string; readonly version: string };
  readonly metadata: ReadonlyMap<string, string>;
  readonly graph: Graph;
}

/** The version of ONNX's own operator set that a model is written in. */
export function opsetVersion(model: OnnxModel): number {
  return model.opsets.get('') ?? 1;
}
