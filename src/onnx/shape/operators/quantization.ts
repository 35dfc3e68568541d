import type { Operators } from '../operator.js';

export const quantization: Operators = {
  QuantizeLinear: {
    infer: ({ facts: [x, , zero] }) => [{ elementType: zero?.elementType ?? 'uint8', shape: x?.shape }],
    couples: (_, input) => (input === 0 ? [] : 'all'),
  },
  DequantizeLinear: {
    infer: ({ facts: [x, scale] }) => [{ elementType: scale?.elementType, shape: x?.shape }],
    couples: (_, input) => (input === 0 ? [] : 'all'),
  },
};
