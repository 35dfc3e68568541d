import { int, string } from '../../attributes.js';
import type { Dimension } from '../../graph.js';
import { broadcast, type Fact, type Operands } from '../fact.js';
import type { Coupling, Operators } from '../operator.js';

export const matrix: Operators = {
  Gemm: { infer: gemm, couples: gemmCouples },
  MatMul: { infer: matMul, couples: matMulCouples },
  Einsum: { infer: einsum, couples: () => 'all' },
};

function gemm({ node, facts: [a, b] }: Operands): readonly Fact[] {
  const elementType = a?.elementType;
  if (a?.shape?.length !== 2 || b?.shape?.length !== 2) return [{ elementType }];
  const rows = a.shape[int(node, 'transA', 0)];
  const columns = b.shape[1 - int(node, 'transB', 0)];
  return [{ elementType, shape: [rows, columns] }];
}

/** Rows of A and columns of B are independent. */
function gemmCouples({ node }: Operands, input: number): Coupling {
  if (input === 0) return [1 - int(node, 'transA', 0)];
  return input === 1 ? [int(node, 'transB', 0)] : [];
}

function matMul({ facts: [a, b] }: Operands): readonly Fact[] {
  const elementType = a?.elementType;
  if (a?.shape === undefined || b?.shape === undefined) return [{ elementType }];
  // As numpy does: a vector is a row on the left and a column on the right, and that axis is dropped afterwards.
  const left = a.shape.length === 1 ? [1, a.shape[0]] : a.shape;
  const right = b.shape.length === 1 ? [b.shape[0], 1] : b.shape;
  const stack = broadcast(left.slice(0, -2), right.slice(0, -2)) ?? [];
  const rows = a.shape.length === 1 ? [] : [left[left.length - 2]];
  const columns = b.shape.length === 1 ? [] : [right[right.length - 1]];
  return [{ elementType, shape: [...stack, ...rows, ...columns] }];
}

function matMulCouples(operands: Operands, input: number): Coupling {
  const rank = operands.rank(input);
  if (rank === undefined) return 'all';
  return [input === 0 ? rank - 1 : Math.max(0, rank - 2)];
}

/** Where the equation names every axis and the result. */
function einsum({ node, facts }: Operands): readonly Fact[] {
  const elementType = facts[0]?.elementType;
  const equation = string(node, 'equation', '').replaceAll(' ', '');
  if (!/^[A-Za-z,]+->[A-Za-z]*$/.test(equation)) return [{ elementType }];
  const [left, result] = equation.split('->');
  const lengths = new Map<string, Dimension>();
  left.split(',').forEach((term, operand) => {
    term.split('').forEach((index, axis) => {
      const length = facts[operand]?.shape?.[axis] ?? null;
      // An operand of length 1 broadcasts.
      if (!lengths.has(index) || lengths.get(index) === 1) lengths.set(index, length);
    });
  });
  return [{ elementType, shape: result.split('').map((index) => lengths.get(index) ?? null) }];
}
