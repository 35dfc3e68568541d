import type { ElementType } from '../../element-type.js';
import { Unsupported } from '../unsupported.js';
import type { AttributeValue } from './tfjs-model.js';

const elementTypes: Readonly<Record<string, ElementType>> = {
  DT_FLOAT: 'float32',
  DT_HALF: 'float32',
  DT_INT32: 'int32',
  DT_INT64: 'int64',
  DT_UINT8: 'uint8',
  DT_BOOL: 'bool',
};

/** A node of TensorFlow's graph. Its attributes are read with the value to assume where the file has none. */
export class TfjsNode {
  constructor(
    readonly name: string,
    /** Such as `_FusedConv2D`. */
    readonly op: string,
    /** `node`, or `node:1` for its second output; `^node` only says that the other node comes first. */
    readonly inputs: readonly string[],
    private readonly attributes: Readonly<Record<string, AttributeValue>>,
  ) {}

  int(name: string, otherwise: number): number {
    const { i } = this.#value(name);
    return i === undefined ? otherwise : Number(i);
  }

  float(name: string, otherwise: number): number {
    return this.#value(name).f ?? otherwise;
  }

  bool(name: string): boolean {
    return this.#value(name).b ?? false;
  }

  string(name: string, otherwise: string): string {
    const { s } = this.#value(name);
    return s === undefined ? otherwise : text(s);
  }

  ints(name: string): readonly number[] {
    return (this.#value(name).list?.i ?? []).map(Number);
  }

  strings(name: string): readonly string[] {
    return (this.#value(name).list?.s ?? []).map(text);
  }

  /** Lengths of the axes, with -1 for those that are free; `undefined` where nothing is said about them. */
  shape(name: string): readonly number[] | undefined {
    return this.#value(name).shape?.dim?.map(({ size }) => Number(size ?? -1));
  }

  elementType(name: string): ElementType {
    const { type = 'DT_FLOAT' } = this.#value(name);
    if (typeof type !== 'string' || !Object.hasOwn(elementTypes, type))
      throw new Unsupported(`the element type ${type}`);
    return elementTypes[type];
  }

  #value(name: string): AttributeValue {
    return Object.hasOwn(this.attributes, name) ? this.attributes[name] : {};
  }
}

function text(bytes: string | readonly number[]): string {
  return typeof bytes === 'string' ? atob(bytes) : String.fromCharCode(...bytes);
}
