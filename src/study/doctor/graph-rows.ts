import type { GraphFacts } from './graph-facts.js';

/** What a graph says, as pairs of a label and a text. */
export function graphRows({
  opset,
  input,
  outputs,
  notFinite,
}: GraphFacts): (readonly [label: string, text: string])[] {
  const size =
    input.width === null || input.height === null ? 'any size' : `${input.width} x ${input.height}`;
  const { arithmetic, batch } = input;
  const numbers = (values: readonly number[]) =>
    values.map((value) => Number(value.toPrecision(4))).join(', ');
  return [
    line('input', `${input.name}: ${input.layout}, ${input.channels} channel(s), ${size}, opset ${opset}`),
    line(
      'batch',
      `${typeof batch.declared === 'number' ? `fixed at ${batch.declared} in the file` : 'free in the file'}; ${batch.free ? 'any number at once is possible' : `one at a time: ${batch.reason ?? ''}`}`,
    ),
    line(
      'normalisation',
      arithmetic === null
        ? 'none inside the graph'
        : `inside the graph (${arithmetic.operators.join(', ')}): mean ${numbers(arithmetic.mean)}, std ${numbers(arithmetic.std)}; feed raw samples first`,
    ),
    ...outputs.map((output) => {
      const unit =
        output.nature !== 'embedding'
          ? ''
          : output.unitLength
            ? ', of length 1 already'
            : ', not divided by its length';
      const ending = output.ending === 'other' ? '' : `, ends in ${output.ending}`;
      return line('output', `${output.name} [${output.shape.join(', ')}]: ${output.nature}${unit}${ending}`);
    }),
    ...gradientLines(outputs),
    line(
      'plain images',
      notFinite.length === 0 ? 'all outputs are finite' : `not finite: ${notFinite.join('; ')}`,
    ),
  ];
}

function gradientLines(outputs: GraphFacts['outputs']): (readonly [string, string])[] {
  const without = outputs.filter(({ noGradient }) => noGradient !== null);
  if (without.length === 0) return [line('gradients', 'every output can be differentiated')];
  return without.map(({ name, noGradient }) => line('gradients', `${name} ${noGradient ?? ''}`));
}

function line(label: string, text: string): readonly [string, string] {
  return [label, text];
}
