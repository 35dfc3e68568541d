import { pointwise } from '../pointwise.js';

/** The elementary functions of one number. */
export const elementaryFunction = {
  Abs: pointwise(({ x }, { sign }) => sign(x)),
  Neg: pointwise(({ g }, { number }) => number(-1, g)),
  Reciprocal: pointwise(({ y }, { neg, mul }) => neg(mul(y, y))),
  Sqrt: pointwise(({ y }, { div }) => div(0.5, y)),
  Exp: pointwise(({ y }) => y),
  Log: pointwise(({ x }, { div }) => div(1, x)),
  Erf: pointwise(({ x }, { mul, exp, neg }) => mul(exp(neg(mul(x, x))), 2 / Math.sqrt(Math.PI))),
  Sin: pointwise(({ x }, { op }) => op('Cos', [x])),
  Cos: pointwise(({ x }, { op, neg }) => neg(op('Sin', [x]))),
  Tan: pointwise(({ y }, { add, mul }) => add(mul(y, y), 1)),
  Asin: pointwise(({ x }, { div, sqrt, sub, mul }) => div(1, sqrt(sub(1, mul(x, x))))),
  Acos: pointwise(({ x }, { div, sqrt, sub, mul }) => div(-1, sqrt(sub(1, mul(x, x))))),
  Atan: pointwise(({ x }, { div, add, mul }) => div(1, add(mul(x, x), 1))),
  Sinh: pointwise(({ x }, { op }) => op('Cosh', [x])),
  Cosh: pointwise(({ x }, { op }) => op('Sinh', [x])),
  Asinh: pointwise(({ x }, { div, sqrt, add, mul }) => div(1, sqrt(add(mul(x, x), 1)))),
  Acosh: pointwise(({ x }, { div, sqrt, sub, mul }) => div(1, sqrt(sub(mul(x, x), 1)))),
  Atanh: pointwise(({ x }, { div, sub, mul }) => div(1, sub(1, mul(x, x)))),
};
