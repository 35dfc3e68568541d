import { describe, it } from 'node:test';
import { attribute, Constant } from '../../../../src/onnx/index.js';
import { RandomState } from '../../../../src/tensor/random.js';
import { checkOperator, numbers } from '../check-operator.js';

const random = new RandomState(11);
const { float, int, ints, string } = attribute;

describe('rule of Resize', () => {
  const transformations = ['half_pixel', 'align_corners', 'asymmetric', 'pytorch_half_pixel'];
  for (const mode of ['nearest', 'linear', 'cubic']) {
    it(`${mode}, by scales and by sizes`, async () => {
      for (const transformation of transformations) {
        const attributes = { mode: string(mode), coordinate_transformation_mode: string(transformation) };
        const scales = Constant.float32([1, 1, 2, 0.6]);
        const sizes = Constant.int64([1, 2, 3, 7]);
        for (const rest of [[scales], [undefined, sizes]]) {
          const inputs = [numbers(random, [1, 2, 4, 5]), undefined, ...rest];
          await checkOperator({ opType: 'Resize', inputs, attributes, seeds: true }, random);
        }
      }
    });
  }

  it('nearest with other roundings', async () => {
    for (const rounding of ['round_prefer_ceil', 'floor', 'ceil']) {
      const attributes = { nearest_mode: string(rounding) };
      const inputs = [numbers(random, [1, 2, 4, 5]), undefined, Constant.float32([1, 1, 1.5, 0.5])];
      await checkOperator({ opType: 'Resize', inputs, attributes, seeds: true }, random);
    }
  });

  it('with a list of axes', () =>
    checkOperator(
      {
        opType: 'Resize',
        inputs: [numbers(random, [1, 2, 4, 5]), undefined, Constant.float32([2, 0.6])],
        attributes: { mode: string('linear'), axes: ints([2, 3]) },
        seeds: true,
      },
      random,
    ));

  it('cubic without what lies outside, and antialiased', async () => {
    for (const attributes of [
      { mode: string('cubic'), exclude_outside: int(1), cubic_coeff_a: float(-0.5) },
      { mode: string('linear'), antialias: int(1) },
      { mode: string('cubic'), antialias: int(1) },
    ]) {
      const inputs = [numbers(random, [1, 2, 6, 5]), undefined, Constant.float32([1, 1, 0.5, 0.6])];
      await checkOperator({ opType: 'Resize', inputs, attributes, seeds: true }, random);
    }
  });

  it('cropped to a region', () =>
    checkOperator(
      {
        opType: 'Resize',
        inputs: [
          numbers(random, [1, 2, 4, 5]),
          Constant.float32([0, 0, 0.1, -0.3, 1, 1, 0.8, 0.9]),
          undefined,
          Constant.int64([1, 2, 4, 5]),
        ],
        attributes: {
          mode: string('linear'),
          coordinate_transformation_mode: string('tf_crop_and_resize'),
          extrapolation_value: float(3),
        },
        seeds: true,
      },
      random,
    ));
});
