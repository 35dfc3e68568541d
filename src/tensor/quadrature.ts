/** Where a function is evaluated on [0, 1] and how much each place weighs, to approximate its integral. */
export interface Quadrature {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

export const quadratureRules = ['gauss-legendre', 'trapezoid', 'middle'] as const;
export type QuadratureRule = (typeof quadratureRules)[number];

/**
 * A quadrature rule with `count` nodes; its weights sum to 1.
 * - `gauss-legendre`: exact for polynomials of degree 2 count - 1 (Abramowitz and Stegun, 25.4.30).
 * - `trapezoid`: evenly spaced, both ends included.
 * - `middle`: the middles of `count` equal parts.
 */
export function quadrature(rule: QuadratureRule, count: number): Quadrature {
  if (!Number.isInteger(count) || count < 1 || (rule === 'trapezoid' && count < 2)) {
    throw new RangeError(`There is no ${rule} rule with ${count} nodes.`);
  }
  switch (rule) {
    case 'gauss-legendre':
      return gaussLegendre(count);
    case 'trapezoid':
      return {
        nodes: Float64Array.from({ length: count }, (_, i) => i / (count - 1)),
        weights: Float64Array.from(
          { length: count },
          (_, i) => (i === 0 || i === count - 1 ? 0.5 : 1) / (count - 1),
        ),
      };
    case 'middle':
      return {
        nodes: Float64Array.from({ length: count }, (_, i) => (i + 0.5) / count),
        weights: new Float64Array(count).fill(1 / count),
      };
  }
}

/** Roots of the Legendre polynomial by Newton's method from the Chebyshev points, in ascending order. */
function gaussLegendre(count: number): Quadrature {
  const nodes = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let x = -Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let slope = 0;
    for (let iteration = 0; iteration < 100; iteration++) {
      let [value, previous] = [1, 0];
      for (let degree = 1; degree <= count; degree++) {
        [value, previous] = [((2 * degree - 1) * x * value - (degree - 1) * previous) / degree, value];
      }
      slope = (count * (x * value - previous)) / (x * x - 1);
      const step = value / slope;
      x -= step;
      if (Math.abs(step) < 1e-15) break;
    }
    nodes[i] = (x + 1) / 2;
    weights[i] = 1 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}
