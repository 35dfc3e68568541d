import type { Dimension } from '../graph.js';

/*
 * Arithmetic on axis lengths that may be named. A product is written `4420*batch`: one factor, then the names in
 * alphabetical order. Names that other programs made up out of formulas (`floor(h/2)+1`) count as one name.
 */

interface Monomial {
  readonly factor: number;
  readonly names: readonly string[];
}

const product = /^(?:(\d+)\*)?([A-Za-z_][\w.]*(?:\*[A-Za-z_][\w.]*)*)$/;

function monomial(dimension: number | string): Monomial {
  if (typeof dimension === 'number') return { factor: dimension, names: [] };
  const match = product.exec(dimension);
  if (match === null) return { factor: 1, names: [dimension] };
  return { factor: Number((match[1] as string | undefined) ?? 1), names: match[2].split('*') };
}

function dimension({ factor, names }: Monomial): Dimension {
  if (names.length === 0 || factor === 0) return factor;
  return [...(factor === 1 ? [] : [factor]), ...[...names].sort()].join('*');
}

/** The product; `null` where a factor is unknown. */
export function times(...factors: readonly Dimension[]): Dimension {
  if (factors.includes(0)) return 0;
  let result: Monomial = { factor: 1, names: [] };
  for (const factor of factors) {
    if (factor === null) return null;
    const next = monomial(factor);
    result = { factor: result.factor * next.factor, names: [...result.names, ...next.names] };
  }
  return dimension(result);
}

/** The quotient where it is certain to be whole, else `null`. */
export function over(dividend: Dimension, divisor: Dimension): Dimension {
  if (dividend === null || divisor === null || divisor === 0) return null;
  const [above, below] = [monomial(dividend), monomial(divisor)];
  const names = [...above.names];
  for (const name of below.names) {
    const position = names.indexOf(name);
    if (position < 0) return null;
    names.splice(position, 1);
  }
  const factor = above.factor / below.factor;
  return Number.isInteger(factor) ? dimension({ factor, names }) : null;
}

/** The sum where it can be written as one product, else `null`. */
export function plus(...terms: readonly Dimension[]): Dimension {
  let sum: Monomial = { factor: 0, names: [] };
  for (const term of terms) {
    if (term === null) return null;
    if (term === 0) continue;
    const next = monomial(term);
    if (sum.factor !== 0 && sum.names.join() !== next.names.join()) return null;
    sum = { factor: sum.factor + next.factor, names: next.names };
  }
  return dimension(sum);
}

/** Whether a name is one of the factors. */
export function mentions(dimension: Dimension, name: string): boolean {
  return typeof dimension === 'string' && monomial(dimension).names.includes(name);
}

/** The dimension with a length put in for a name. */
export function substitute(dimension: Dimension, name: string, length: number): Dimension {
  if (!mentions(dimension, name)) return dimension;
  return times(
    ...monomial(dimension as string).names.map((n) => (n === name ? length : n)),
    monomial(dimension as string).factor,
  );
}
