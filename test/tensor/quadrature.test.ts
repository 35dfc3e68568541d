import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { quadrature } from '../../src/tensor/quadrature.js';

describe('quadrature', () => {
  it('of Gauss and Legendre is exact up to degree 2 n - 1, to 1e-14', () => {
    for (const count of [1, 2, 5, 20, 50]) {
      const { nodes, weights } = quadrature('gauss-legendre', count);
      for (const degree of [0, 1, count, 2 * count - 1]) {
        const integral = nodes.reduce((sum, node, i) => sum + weights[i] * node ** degree, 0);
        assert.ok(Math.abs(integral - 1 / (degree + 1)) < 1e-14, `${count} nodes, degree ${degree}`);
      }
    }
  });

  it('has the nodes and weights of three points in closed form', () => {
    const { nodes, weights } = quadrature('gauss-legendre', 3);
    const offset = Math.sqrt(3 / 5) / 2;
    [0.5 - offset, 0.5, 0.5 + offset].forEach((node, i) => assert.ok(Math.abs(nodes[i] - node) < 1e-14));
    [5 / 18, 8 / 18, 5 / 18].forEach((weight, i) => assert.ok(Math.abs(weights[i] - weight) < 1e-14));
  });

  it('of trapezoids and of middles integrates straight lines exactly, with weights that sum to 1', () => {
    for (const rule of ['trapezoid', 'middle'] as const) {
      for (const count of [2, 3, 50]) {
        const { nodes, weights } = quadrature(rule, count);
        const [area, line] = [
          weights.reduce((sum, weight) => sum + weight, 0),
          nodes.reduce((sum, node, i) => sum + weights[i] * (3 * node - 1), 0),
        ];
        assert.ok(Math.abs(area - 1) < 1e-14);
        assert.ok(Math.abs(line - 0.5) < 1e-14);
      }
    }
  });

  it('refuses rules that do not exist', () => {
    assert.throws(() => quadrature('trapezoid', 1), RangeError);
    assert.throws(() => quadrature('middle', 0), RangeError);
    assert.throws(() => quadrature('gauss-legendre', 2.5), RangeError);
  });
});
