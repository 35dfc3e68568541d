import assert from 'node:assert/strict';
import { it } from 'node:test';
import { leafScore } from '../../../src/model/prepare/leaf-score.js';
import { openWorkerSession } from '../../../src/model/worker-session.js';
import { encodeModel } from '../../../src/onnx/index.js';
import type { ValueInfo } from '../../../src/onnx/index.js';

it('leafScore is the size of the score at the leaf of the mask, at most 1', async () => {
  const values: ValueInfo[] = ['Identity', 'Identity_1'].map((name) => ({
    name,
    elementType: 'float32',
    shape: ['batch', 8],
  }));
  const model = leafScore(
    {
      irVersion: 8,
      opsets: new Map([['', 17]]),
      producer: { name: 'test', version: '' },
      metadata: new Map(),
      graph: {
        name: 'leaves',
        inputs: values,
        outputs: values,
        nodes: [],
        initializers: new Map(),
        valueInfo: new Map(),
      },
    },
    'attack',
  );
  const session = await openWorkerSession(encodeModel(model), 'test', 1);
  const scores = [0.9, 0.25, -0.5, 0.75, 1.5, 0, 0.125, -0.0625];
  const { attack } = await session.run({
    Identity: { data: Float32Array.from({ length: 64 }, (_, at) => scores[at % 8]), shape: [8, 8] },
    Identity_1: { data: Float32Array.from({ length: 64 }, (_, at) => (at % 9 === 0 ? 1 : 0)), shape: [8, 8] },
  });
  await session.close();
  assert.deepEqual(attack.shape, [8, 1]);
  assert.deepEqual(attack.data, Float32Array.of(0.9, 0.25, 0.5, 0.75, 1, 0, 0.125, 0.0625));
});
