import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CamExplanation, CamOptions } from '../../src/explain/cam/cam-explanation.js';
import { explainCam } from '../../src/explain/cam/explain-cam.js';
import type { CamMethod } from '../../src/explain/cam/methods.js';
import { type CamNetwork, openCam } from '../../src/explain/cam/open-cam.js';
import { loadOpenCv, type OpenCv } from '../../src/image/opencv.js';
import type { Model } from '../../src/model/model.js';
import { relativeL2 } from '../explain/small-networks.js';
import { needsData, openMinifas, readGolden, readResults, real } from './captum-golden.js';

const layers = { a: '/conv_6_sep/prelu/PRelu_output_0', b: '/conv_4/model/model.5/Add_output_0' } as const;
type Layer = keyof typeof layers;

interface Deviations {
  readonly images: readonly {
    readonly logits: readonly [number, number];
    readonly outputs: Readonly<Record<string, { readonly rel_l2_diff_float64: number }>>;
  }[];
}

function minMax(values: Float32Array): Float32Array {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return values.map((value) => (value - least) / (most - least + 1e-7));
}

/** The largest difference as a share of the largest value. */
function relativeMaximum(actual: Float32Array, expected: ArrayLike<number>): number {
  const differences = actual.map((value, at) => Math.abs(value - expected[at]));
  return Math.max(...differences) / Math.max(...Array.from(expected, Math.abs));
}

/** The method's name in the golden files, the method, whether the file is after the ReLU, and the tolerance per layer. */
const cases: readonly [string, CamMethod, boolean, Readonly<Record<Layer, number>>][] = [
  ['layer_gradcam_%_reluoff', { name: 'gradcam' }, false, { a: 1e-4, b: 1e-4 }],
  ['layer_gradcam_%_reluon', { name: 'gradcam' }, true, { a: 1e-4, b: 1e-4 }],
  ['pgc_gradcam_%_raw', { name: 'gradcam' }, false, { a: 1e-4, b: 1e-4 }],
  ['gradcampp_%_raw', { name: 'gradcam++' }, true, { a: 1e-4, b: 1e-3 }],
  ['pgc_gradcampp_%_raw', { name: 'gradcam++', rule: 'pytorch-grad-cam' }, false, { a: 1e-4, b: 1e-3 }],
  ['layercam_%_raw', { name: 'layercam' }, false, { a: 1e-4, b: 1e-2 }],
  ['pgc_hirescam_%_raw', { name: 'hirescam' }, false, { a: 1e-4, b: 1e-2 }],
  ['xgradcam_%_raw', { name: 'xgradcam' }, false, { a: 1e-4, b: 2e-2 }],
];

describe(
  'class activation maps against Captum 0.8, tf-keras-vis and pytorch-grad-cam (golden/captum)',
  needsData,
  () => {
    let cv: OpenCv;
    let model: Model;
    const networks = new Map<Layer, CamNetwork>();
    let deviations: Deviations;
    before(async () => {
      cv = await loadOpenCv();
      model = await openMinifas(1);
      for (const layer of ['a', 'b'] as const) {
        networks.set(layer, await openCam(model, 'output', { layers: [layers[layer]], threads: 1 }));
      }
      deviations = await readResults<Deviations>();
    });
    after(() => Promise.all([...networks.values(), model].map((each) => each.close())));

    async function explain(
      image: number,
      layer: Layer,
      method: CamMethod,
      options: CamOptions = {},
    ): Promise<CamExplanation> {
      const input = await readGolden(`input${image}`);
      return explainCam(cv, networks.get(layer)!, input, real, method, options);
    }

    /** tf-keras-vis differentiates exp(logit), which multiplies its maps; ours leave the factor out. */
    function scaleOf(file: string, image: number): number {
      return file.startsWith('gradcampp') ? Math.exp(deviations.images[image].logits[0]) : 1;
    }

    for (const [file, method, relu, tolerances] of cases) {
      for (const layer of ['a', 'b'] as const) {
        it(`${file.replace('%', layer)}: relative L2 of at most ${tolerances[layer]}, or twice the golden's own`, async () => {
          for (const image of [0, 1, 2, 3]) {
            const name = file.replace('%', layer);
            const expected = await readGolden(`${name}_${image}`);
            const [map] = (await explain(image, layer, method, { relu })).layers;
            const scale = scaleOf(file, image);
            const difference = relativeL2(
              map.data.map((value) => value * scale),
              expected.data,
            );
            const own = deviations.images[image].outputs[`${name}_`].rel_l2_diff_float64;
            assert.ok(
              difference <= Math.max(tolerances[layer], 2 * own),
              `image ${image}: ${difference}, golden ${own}`,
            );
          }
        });
      }
    }

    it('is enlarged by half-pixel centres as torch does: relative L2 of at most 1e-4', async () => {
      for (const image of [0, 1, 2, 3]) {
        const { map } = await explain(image, 'a', { name: 'gradcam' });
        const expected = await readGolden(`layer_gradcam_a_upsampled_${image}`);
        assert.ok(relativeL2(map.data, expected.data) <= 1e-4);
      }
    });

    it('is enlarged by aligned corners as tf-keras-vis does: relative L2 of at most 1e-4', async () => {
      for (const image of [0, 1, 2, 3]) {
        const { map } = await explain(
          image,
          'a',
          { name: 'gradcam++' },
          { relu: true, alignment: 'corners' },
        );
        const scale = scaleOf('gradcampp', image);
        const expected = await readGolden(`gradcampp_a_map_${image}`);
        const normalised = minMax(map.data.map((value) => value * scale));
        assert.ok(relativeL2(normalised, expected.data) <= 1e-4);
      }
    });

    for (const [image, layer] of [
      [0, 'a'],
      [3, 'b'],
    ] as const) {
      it(`scorecam of input ${image}, layer ${layer}: relative maximum of at most 1e-5`, async () => {
        const input = await readGolden(`input${image}`);
        const probability = { ...real, of: 'probability' } as const;
        {
          const network = await openCam(model, 'output', { layers: [layers[layer]], gradient: false });
          const explained = await explainCam(
            cv,
            network,
            input,
            probability,
            { name: 'scorecam' },
            { relu: true, alignment: 'corners' },
          );
          await network.close();
          const expected = await readGolden(`scorecam_${layer}_raw_${image}`);
          const difference = relativeMaximum(explained.layers[0].data, expected.data);
          assert.ok(difference <= 1e-5, `layer ${layer}: ${difference}`);
          if (layer === 'b') return;
          const map = await readGolden(`scorecam_a_map_${image}`);
          assert.ok(relativeMaximum(minMax(explained.map.data), map.data) <= 1e-5);
        }
      });
    }

    it('is what pytorch-grad-cam shows once both normalise it: relative L2 of at most 1e-4', async () => {
      for (const image of [0, 1, 2, 3]) {
        for (const name of ['layercam', 'xgradcam'] as const) {
          const { map } = await explain(image, 'a', { name }, { relu: true });
          const expected = await readGolden(`${name}_a_map_${image}`);
          assert.ok(relativeL2(minMax(map.data), expected.data) <= 1e-4);
        }
      }
    });
  },
);
