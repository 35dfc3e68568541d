import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { explainOcclusionOfInput } from '../../src/explain/occlusion.js';
import { loadOpenCv } from '../../src/image/opencv.js';
import type { Model } from '../../src/model/model.js';
import { needsData, openMinifas, readGolden, real } from './captum-golden.js';

describe('occlusion against Captum 0.8 (golden/captum)', needsData, () => {
  let model: Model;
  before(async () => {
    model = await openMinifas();
  });
  after(() => model.close());

  for (const image of [0, 1, 2, 3]) {
    it(`input ${image}: relative maximum difference of at most 1e-5`, async () => {
      const { map } = await explainOcclusionOfInput(
        await loadOpenCv(),
        model,
        await readGolden(`input${image}`),
        real,
        {
          plan: {
            kind: 'windows',
            window: { width: 16, height: 16 },
            stride: { width: 8, height: 8 },
          },
          baseline: 0,
        },
      );
      const expected = await readGolden(`occlusion${image}`);
      assert.equal(map.provenance.forwardPasses, 226);
      assert.equal(map.data.length, expected.data.length);
      let difference = 0;
      let largest = 0;
      expected.data.forEach((value, at) => {
        difference = Math.max(difference, Math.abs(value - map.data[at]));
        largest = Math.max(largest, Math.abs(value));
      });
      assert(difference <= 1e-5 * largest, `relative maximum difference ${difference / largest}`);
    });
  }

  it('does not depend on the batch size, but for float32 rounding', async () => {
    const input = await readGolden('input0');
    const maps = await Promise.all(
      [1, 3, 16].map(async (batchSize) =>
        explainOcclusionOfInput(
          await loadOpenCv(),
          model,
          input,
          { kind: 'bona-fide', of: 'logit' },
          { plan: { kind: 'grid', rows: 5, columns: 5 }, baseline: 0, batchSize },
        ),
      ),
    );
    const largest = Math.max(...maps[0].map.data.map(Math.abs));
    for (const { map } of maps) {
      map.data.forEach((value, at) => assert(Math.abs(value - maps[0].map.data[at]) <= 1e-5 * largest));
    }
  });
});
