import { describe, it } from 'node:test';
import { attribute } from '../../../../src/onnx/index.js';
import { RandomState } from '../../../../src/tensor/random.js';
import { checkOperator, numbers } from '../check-operator.js';

const random = new RandomState(8);
const { float, int, string } = attribute;

describe('rules of matrix products', () => {
  const products: readonly (readonly [readonly number[], readonly number[]])[] = [
    [
      [2, 3],
      [3, 4],
    ],
    [
      [1, 2, 3],
      [3, 4],
    ],
    [
      [1, 2, 3],
      [1, 3, 2],
    ],
    [
      [2, 1, 2, 3],
      [3, 3, 2],
    ],
    [
      [2, 3],
      [2, 3, 2],
    ],
    [[3], [3, 2]],
    [[3], [2, 3, 2]],
    [[2, 3], [3]],
    [[1, 2, 3], [3]],
    [[3], [3]],
  ];

  it('MatMul', async () => {
    for (const [a, b] of products) {
      const seeds = a.length === 3 && a[0] === 1;
      // The columns of a weight are laid out in rows of a known length.
      const open = b.length === 2 && a.length > 2 ? [] : [0, 1];
      const inputs = [numbers(random, a), numbers(random, b)];
      await checkOperator({ opType: 'MatMul', inputs, seeds, open }, random);
    }
  });

  it('Gemm', async () => {
    for (const [transA, transB] of [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]) {
      for (const c of [undefined, [4], [2, 1], [2, 4], []]) {
        const inputs = [
          numbers(random, transA === 1 ? [3, 2] : [2, 3]),
          numbers(random, transB === 1 ? [4, 3] : [3, 4]),
          ...(c === undefined ? [] : [numbers(random, c)]),
        ];
        const attributes = { transA: int(transA), transB: int(transB), alpha: float(0.5), beta: float(1.5) };
        await checkOperator({ opType: 'Gemm', inputs, attributes }, random);
      }
    }
  });

  it('Gemm of one row with several seeds', () =>
    checkOperator(
      {
        opType: 'Gemm',
        inputs: [numbers(random, [1, 3]), numbers(random, [4, 3]), numbers(random, [4])],
        attributes: { transB: int(1) },
        seeds: true,
      },
      random,
    ));

  it('Einsum', async () => {
    const sizes: Record<string, number> = { b: 1, h: 2, i: 3, j: 4, k: 2 };
    for (const equation of [
      'ij,jk->ik',
      'bhik,bhjk->bhij',
      'bij,jk->bik',
      'ij->ji',
      'bi,bj->b',
      'ij,jk,kh->ih',
    ]) {
      const inputs = equation
        .split('->')[0]
        .split(',')
        .map((term) =>
          numbers(
            random,
            term.split('').map((index) => sizes[index]),
          ),
        );
      const attributes = { equation: string(equation) };
      await checkOperator({ opType: 'Einsum', inputs, attributes, seeds: equation.includes('->b') }, random);
    }
  });
});
