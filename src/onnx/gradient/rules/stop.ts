import type { Rule } from '../rule.js';

/** Constant, or constant almost everywhere: nothing flows back. */
const stop: Rule = () => [];

export const constantAlmostEverywhere = Object.fromEntries(
  [
    ...['Shape', 'Size', 'ConstantOfShape', 'EyeLike', 'RandomUniformLike', 'RandomNormalLike'],
    ...['ArgMax', 'ArgMin', 'NonZero', 'OneHot', 'Hardmax'],
    ...['Ceil', 'Floor', 'Round', 'Sign', 'IsInf', 'IsNaN'],
    ...['Equal', 'Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual', 'Not', 'And', 'Or', 'Xor'],
  ].map((opType) => [opType, stop]),
);
