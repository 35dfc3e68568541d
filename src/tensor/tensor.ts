/** The element types that networks and maps use. */
export type TensorData =
  | Float32Array
  | Float64Array
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Int32Array
  | BigInt64Array;

/** A dense array in C order: the last axis varies fastest. */
export interface Tensor<Data extends TensorData = Float32Array> {
  readonly data: Data;
  /** Length of each axis; an empty list is a scalar. */
  readonly shape: readonly number[];
}

/** The number of elements of a shape: the product of its axes, 1 for a scalar. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
