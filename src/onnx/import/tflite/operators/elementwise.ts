import { attribute } from '../../../attributes.js';
import { Constant } from '../../../constant.js';
import type { Attributes } from '../../../graph.js';
import { elementTypeCode } from '../../../element-type.js';
import { dequantized } from '../dequantized.js';
import type { ImportGraph } from '../import-graph.js';
import type { TfliteOperator } from '../tflite-model.js';
import { Unsupported } from '../../unsupported.js';
import type { Converter, Converters } from './converter.js';

export const elementwise: Converters = {
  ABS: unary('Abs'),
  CEIL: unary('Ceil'),
  COS: unary('Cos'),
  ELU: unary('Elu'),
  EXP: unary('Exp'),
  FLOOR: unary('Floor'),
  HARD_SWISH: unary('HardSwish'),
  LEAKY_RELU: (operator, graph) =>
    unary('LeakyRelu', { alpha: attribute.float(operator.options?.float32(0) ?? 0) })(operator, graph),
  LOG: unary('Log'),
  LOGICAL_NOT: unary('Not'),
  LOGISTIC: unary('Sigmoid'),
  NEG: unary('Neg'),
  RELU: unary('Relu'),
  RELU6: clip(0, 6),
  RELU_N1_TO_1: clip(-1, 1),
  ROUND: unary('Round'),
  RSQRT: rsqrt,
  SIGN: unary('Sign'),
  SIN: unary('Sin'),
  SQRT: unary('Sqrt'),
  SQUARE: square,
  TANH: unary('Tanh'),

  ADD: binary('Add'),
  SUB: binary('Sub'),
  MUL: binary('Mul'),
  DIV: binary('Div'),
  ADD_N: binary('Sum'),
  MAXIMUM: binary('Max'),
  MINIMUM: binary('Min'),
  POW: binary('Pow'),
  SQUARED_DIFFERENCE: squaredDifference,
  PRELU: binary('PRelu'),
  EQUAL: binary('Equal'),
  NOT_EQUAL: notEqual,
  GREATER: binary('Greater'),
  GREATER_EQUAL: binary('GreaterOrEqual'),
  LESS: binary('Less'),
  LESS_EQUAL: binary('LessOrEqual'),
  LOGICAL_AND: binary('And'),
  LOGICAL_OR: binary('Or'),
  SELECT: binary('Where'),
  SELECT_V2: binary('Where'),
  GELU: gelu,

  CAST: cast,
  DEQUANTIZE: dequantize,
};

function unary(opType: string, attributes: Attributes = {}): Converter {
  return ({ inputs: [input], outputs: [output] }, graph) => {
    const layout = graph.layoutOf(input);
    graph.compute(output, layout, opType, [graph.name(input, layout)], attributes);
  };
}

/** All operands in one layout, broadcast against each other; the fused activation is the first option where there is one. */
function binary(opType: string): Converter {
  const hasActivation = ['Add', 'Sub', 'Mul', 'Div'].includes(opType);
  return ({ inputs, outputs: [output], options }, graph) => {
    const layout = graph.rank(output) === 4 ? graph.layoutOf(...inputs) : 'plain';
    const names = inputs.map((input) => graph.name(input, layout));
    graph.compute(output, layout, opType, names, {}, hasActivation ? (options?.int8(0) ?? 0) : 0);
  };
}

function clip(least: number, greatest: number): Converter {
  return ({ inputs: [input], outputs: [output] }, graph) => {
    const layout = graph.layoutOf(input);
    const bounds = [least, greatest].map((bound) => graph.add(Constant.scalar(bound), 'bound'));
    graph.compute(output, layout, 'Clip', [graph.name(input, layout), ...bounds]);
  };
}

function rsqrt({ inputs: [input], outputs: [output] }: TfliteOperator, graph: ImportGraph): void {
  const layout = graph.layoutOf(input);
  graph.compute(output, layout, 'Reciprocal', [graph.builder.node('Sqrt', [graph.name(input, layout)])]);
}

function square({ inputs: [input], outputs: [output] }: TfliteOperator, graph: ImportGraph): void {
  const layout = graph.layoutOf(input);
  const name = graph.name(input, layout);
  graph.compute(output, layout, 'Mul', [name, name]);
}

function squaredDifference({ inputs, outputs: [output] }: TfliteOperator, graph: ImportGraph): void {
  const layout = graph.layoutOf(...inputs);
  const difference = graph.builder.node(
    'Sub',
    inputs.map((input) => graph.name(input, layout)),
  );
  graph.compute(output, layout, 'Mul', [difference, difference]);
}

function notEqual({ inputs, outputs: [output] }: TfliteOperator, graph: ImportGraph): void {
  const layout = graph.layoutOf(...inputs);
  const equal = graph.builder.node(
    'Equal',
    inputs.map((input) => graph.name(input, layout)),
  );
  graph.compute(output, layout, 'Not', [equal]);
}

/** x/2 (1 + erf(x/√2)), or with tanh(√(2/π) (x + 0.044715 x³)) where the model says that an approximation was meant. */
function gelu({ inputs: [input], outputs: [output], options }: TfliteOperator, graph: ImportGraph): void {
  const layout = graph.layoutOf(input);
  const x = graph.name(input, layout);
  const { builder } = graph;
  const number = (value: number) => graph.add(Constant.scalar(value));
  const mul = (a: string, b: string) => builder.node('Mul', [a, b]);
  const curve =
    options?.bool(0) === true
      ? builder.node('Tanh', [
          mul(
            builder.node('Add', [x, mul(mul(mul(x, x), x), number(0.044715))]),
            number(Math.sqrt(2 / Math.PI)),
          ),
        ])
      : builder.node('Erf', [mul(x, number(Math.SQRT1_2))]);
  graph.compute(output, layout, 'Mul', [mul(x, number(0.5)), builder.node('Add', [curve, number(1)])]);
}

function cast({ inputs: [input], outputs: [output] }: TfliteOperator, graph: ImportGraph): void {
  const layout = graph.layoutOf(input);
  const to = attribute.int(elementTypeCode(graph.tensor(output).elementType));
  graph.compute(output, layout, 'Cast', [graph.name(input, layout)], { to });
}

/** Stored weights become float32 here and now. */
function dequantize({ inputs: [input], outputs: [output] }: TfliteOperator, graph: ImportGraph): void {
  const constant = graph.constant(input);
  if (constant === undefined) throw new Unsupported('quantised activations');
  graph.setConstant(output, dequantized(constant, undefined));
}
