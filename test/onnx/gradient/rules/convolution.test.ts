import { describe, it } from 'node:test';
import { attribute } from '../../../../src/onnx/index.js';
import { RandomState } from '../../../../src/tensor/random.js';
import { checkOperator, numbers, type OperatorCase } from '../check-operator.js';

const random = new RandomState(5);
const { int, ints, string } = attribute;
const pick = <T>(...choices: readonly T[]): T => choices[Math.floor(random.random() * choices.length)];
const draw = <T>(count: number, choice: () => T): T[] => Array.from({ length: count }, choice);

/** A convolution with random kernel, strides, dilations, pads and groups over one to three axes. */
function randomConvolution(axes: number): OperatorCase {
  const group = pick(1, 1, 2, 3);
  const [inputs, outputs] = [group * pick(1, 2), group * pick(1, 2)];
  const kernel = draw(axes, () => pick(1, 2, 3));
  const strides = draw(axes, () => pick(1, 2, 3));
  const dilations = draw(axes, () => pick(1, 1, 2));
  const autoPad = pick('NOTSET', 'NOTSET', 'NOTSET', 'SAME_UPPER', 'SAME_LOWER', 'VALID');
  // ONNX Runtime does not combine automatic padding with dilation.
  const dilated = autoPad === 'NOTSET' ? dilations : dilations.map(() => 1);
  const size = kernel.map((k, i) => dilated[i] * (k - 1) + 1 + Math.floor(random.random() * 4));
  const pads = draw(2 * axes, () => pick(0, 1, 2));
  return {
    opType: 'Conv',
    inputs: [
      numbers(random, [1, inputs, ...size]),
      numbers(random, [outputs, inputs / group, ...kernel]),
      ...pick([], [numbers(random, [outputs])]),
    ],
    attributes: {
      group: int(group),
      strides: ints(strides),
      dilations: ints(dilated),
      ...(autoPad === 'NOTSET' ? { pads: ints(pads) } : { auto_pad: string(autoPad) }),
    },
    open: [],
    seeds: true,
  };
}

describe('rules of convolutions', () => {
  for (const axes of [1, 2, 3]) {
    it(`Conv over ${axes} axes`, async () => {
      for (let i = 0; i < (axes === 2 ? 25 : 8); i++) await checkOperator(randomConvolution(axes), random);
    });
  }

  it('Conv of images of open size', async () => {
    for (const strides of [1, 2, 3]) {
      for (const extra of [0, 1, 2]) {
        const x = numbers(random, [1, 2, 6 + extra, 7]);
        const weights = numbers(random, [4, 2, 3, 3], { fixed: true });
        const attributes = { strides: ints([strides, strides]), pads: ints([1, 1, 1, 0]) };
        await checkOperator({ opType: 'Conv', inputs: [x, weights], attributes, seeds: true }, random);
      }
    }
  });

  it('Conv of several images', () =>
    checkOperator(
      {
        opType: 'Conv',
        inputs: [numbers(random, [3, 4, 4, 5]), numbers(random, [4, 2, 3, 3]), numbers(random, [4])],
        attributes: { group: int(2), pads: ints([1, 0, 0, 1]), strides: ints([2, 1]) },
        open: [],
      },
      random,
    ));

  for (const axes of [1, 2]) {
    it(`ConvTranspose over ${axes} axes`, async () => {
      for (let i = 0; i < 15; i++) {
        const group = pick(1, 1, 2);
        const [inputs, outputs] = [group * pick(1, 2), pick(1, 2)];
        const kernel = draw(axes, () => pick(2, 3));
        const autoPad = pick('NOTSET', 'NOTSET', 'SAME_UPPER', 'VALID');
        const strides = kernel.map((k) => pick(1, 2, autoPad === 'NOTSET' ? 3 : k));
        await checkOperator(
          {
            opType: 'ConvTranspose',
            inputs: [
              numbers(random, [1, inputs, ...draw(axes, () => pick(2, 3))]),
              numbers(random, [inputs, outputs, ...kernel]),
              ...pick([], [numbers(random, [group * outputs])]),
            ],
            attributes: {
              group: int(group),
              strides: ints(strides),
              ...(autoPad === 'NOTSET'
                ? {
                    pads: ints(draw(2 * axes, () => pick(0, 1))),
                    dilations: ints(draw(axes, () => pick(1, 2))),
                    output_padding: ints(strides.map((stride) => Math.floor(random.random() * stride))),
                  }
                : { auto_pad: string(autoPad) }),
            },
            open: [],
            seeds: true,
          },
          random,
        );
      }
    });
  }
});
