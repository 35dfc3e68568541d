import { describe, it } from 'node:test';
import { attribute, Constant } from '../../../../src/onnx/index.js';
import { RandomState } from '../../../../src/tensor/random.js';
import { checkOperator, numbers, type OperatorCase } from '../check-operator.js';

const random = new RandomState(9);
const { int, ints, string } = attribute;

describe('rules of layout', () => {
  const check = (
    opType: string,
    shape: readonly number[],
    rest: Partial<OperatorCase> = {},
    ...more: Constant[]
  ) =>
    checkOperator(
      { opType, inputs: [numbers(random, shape), ...more], seeds: shape[0] === 1, ...rest },
      random,
    );

  it('Identity and Dropout', async () => {
    await check('Identity', [1, 3]);
    await check('Dropout', [1, 3]);
  });

  it('Reshape', async () => {
    await check('Reshape', [1, 3, 4], {}, Constant.int64([1, 12]));
    await check('Reshape', [1, 3, 4], {}, Constant.int64([-1, 2, 6]));
    await check('Reshape', [2, 3, 4], {}, Constant.int64([0, -1]));
    await check('Reshape', [2, 3, 4], {}, Constant.int64([24]));
  });

  it('Flatten', async () => {
    for (const axis of [0, 1, 2, -1]) {
      await check('Flatten', [1, 3, 4], { attributes: { axis: int(axis) }, seeds: axis === 1 });
    }
  });

  it('Squeeze and Unsqueeze', async () => {
    await check('Squeeze', [1, 3, 1, 4], {}, Constant.int64([2]));
    await check('Squeeze', [2, 1, 3, 1], { open: [] });
    await check('Unsqueeze', [1, 3], {}, Constant.int64([1, -1]));
  });

  it('Transpose', async () => {
    await check('Transpose', [1, 3, 4], { attributes: { perm: ints([0, 2, 1]) } });
    await check('Transpose', [2, 3, 4], { attributes: { perm: ints([2, 0, 1]) } });
    await check('Transpose', [2, 3, 4]);
  });

  it('Expand', async () => {
    await check('Expand', [3, 1], { open: [] }, Constant.int64([2, 1, 4]));
    await check('Expand', [1, 3, 1], { seeds: false }, Constant.int64([2, 3, 4]));
    await check('Expand', [1, 3, 1], {}, Constant.int64([1, 1, 4]));
  });

  it('Tile', async () => {
    await check('Tile', [2, 3], {}, Constant.int64([2, 3]));
    await check('Tile', [1, 2, 3], {}, Constant.int64([1, 2, 2]));
  });

  it('DepthToSpace and SpaceToDepth', async () => {
    for (const mode of ['DCR', 'CRD']) {
      const attributes = { blocksize: int(2), mode: string(mode) };
      await check('DepthToSpace', [1, 8, 2, 3], { attributes, open: mode === 'DCR' ? [0] : [] });
    }
    await check('SpaceToDepth', [1, 2, 4, 6], { attributes: { blocksize: int(2) } });
  });
});
