/** Element types of ONNX tensors by the names that numpy uses, with their codes in `TensorProto.DataType`. */
const codes = {
  float32: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float16: 10,
  float64: 11,
  uint32: 12,
  uint64: 13,
  complex64: 14,
  complex128: 15,
  bfloat16: 16,
  float8e4m3fn: 17,
  float8e4m3fnuz: 18,
  float8e5m2: 19,
  float8e5m2fnuz: 20,
  uint4: 21,
  int4: 22,
  float4e2m1: 23,
  float8e8m0: 24,
  uint2: 25,
  int2: 26,
} as const;

export type ElementType = keyof typeof codes;

const names = new Map<number, ElementType>(
  Object.entries(codes).map(([name, code]) => [code, name as ElementType]),
);

/** The number that stands for an element type in ONNX files and in the `to` attribute of Cast. */
export function elementTypeCode(type: ElementType): number {
  return codes[type];
}

/** The element type with a given code, or `undefined` where ONNX knows none. */
export function elementTypeOfCode(code: number): ElementType | undefined {
  return names.get(code);
}
