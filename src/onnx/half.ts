/** Widens IEEE 754 binary16 bit patterns; exact for every value, infinities and NaN included. */
export function float16ToFloat32(bits: Uint16Array): Float32Array {
  values ??= Float32Array.from({ length: 2 ** 16 }, (_, pattern) => float16Value(pattern));
  const out = new Float32Array(bits.length);
  for (let i = 0; i < bits.length; i++) out[i] = values[bits[i]];
  return out;
}

/** The value of each of the 65536 patterns, made when it is first needed. */
let values: Float32Array | undefined;

function float16Value(pattern: number): number {
  const sign = pattern & 0x8000 ? -1 : 1;
  const exponent = (pattern >> 10) & 0x1f;
  const fraction = pattern & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Widens bfloat16 bit patterns, which are the upper halves of float32 ones. */
export function bfloat16ToFloat32(bits: Uint16Array): Float32Array {
  const out = new Uint32Array(bits.length);
  for (let i = 0; i < bits.length; i++) out[i] = bits[i] << 16;
  return new Float32Array(out.buffer);
}
