import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { decodeImage } from '../../src/dataset/decode-image.js';
import type { PatchedFace } from '../../src/study/verification/patch/patch.task.js';
import { patch } from '../../src/study/verification/patch/patch.js';
import { changedShares } from '../../src/study/verification/replace/curve-kinds.js';
import { chosenPixels } from '../../src/study/verification/replace/pixel-variants.js';
import { decodeNpy } from '../../src/tensor/npy.js';
import { listenToNothing, Workspace } from '../study/heatmaps/workspace.js';
import { anySizeEmbedder, embedderCard } from '../study/verification/pair-study.js';

const data = process.env.FACEPROBE_DATA ?? '';

interface Golden {
  readonly columns: readonly number[];
  readonly rows: readonly number[];
  readonly covered_pixels: number;
}

describe('verification patch --compat upstream', { skip: data === '' && 'FACEPROBE_DATA is not set' }, () => {
  const space = new Workspace();
  after(() => space.remove());
  const golden = (...path: string[]) => join(data, 'golden', ...path);

  // The layout of xSSAB's data set: its list counts images from 1, its files from 0; impostor pairs first here.
  before(async () => {
    const rows = Array.from({ length: 6 }, (_, pair) => {
      const name = (image: number) => `${String(image).padStart(5, '0')}.jpg`;
      for (const image of [2 * pair, 2 * pair + 1]) {
        const crop = golden('xssab', `crop${String(image).padStart(2, '0')}.png`);
        space.write(`images/${name(image)}`, readFileSync(crop));
      }
      return `${name(2 * pair + 1)} ${name(2 * pair + 2)} ${pair < 3 ? -1 : 1}`;
    });
    space.write('model.onnx', anySizeEmbedder());
    const input = { ...embedderCard.input, width: 112, height: 112 };
    space.write('model.card.json', JSON.stringify({ ...embedderCard, input }));
    await patch(
      {
        pairs: space.write('lfw_pair.txt', `${rows.join('\n')}\n`),
        images: space.path('images'),
        model: space.path('model.onnx'),
        output: space.path('study'),
        at: { kind: 'given', threshold: 0.3 },
        aligned: true,
        detector: 'mtcnn',
        select: 'largest',
        photos: true,
        workers: 1,
        patches: 27,
        patchSize: 16,
        patchSeed: 3,
        compat: 'upstream',
      },
      listenToNothing,
    );
  });

  it('has the places of the first pairs of both classes', () => {
    const { impostor_pairs: impostor, genuine_pairs: genuine } = JSON.parse(
      readFileSync(golden('patchlfw', 'coordinates.json'), 'utf8'),
    ) as { impostor_pairs: Golden[]; genuine_pairs: Golden[] };
    const faces = readFileSync(space.path('study/patch/results.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { item: string; result: PatchedFace })
      .sort((one, other) => (one.item < other.item ? -1 : 1));
    const table = readFileSync(space.path('study/patch/patches.csv'), 'utf8').trim().split('\n').slice(1);
    // After the first genuine pair the stream depends on the number of images, which here is not LFW's.
    for (const [at, expected] of [...impostor, genuine[0]].entries()) {
      const { patches } = faces[at].result;
      assert.deepEqual(
        patches.map(({ x }) => x),
        expected.columns,
      );
      assert.deepEqual(
        patches.map(({ y }) => y + 16),
        expected.rows,
      );
      assert.equal(Number(table[at].split(',').at(-2)), expected.covered_pixels);
    }
  });

  it('makes the very image of the first impostor pair', async () => {
    const [own, expected] = await Promise.all([
      decodeImage(space.path('study/patch/images/0000 00000 00001.png')),
      decodeImage(golden('patchlfw', 'patched_crop00_from_crop01.png')),
    ]);
    assert.deepEqual(own.image, expected.image);
  });

  it('puts the pixels of upstream back at every level of the replace step', () => {
    const { maps } = JSON.parse(readFileSync(golden('patchlfw', 'counts.json'), 'utf8')) as {
      maps: Record<string, Record<string, number>[]>;
    };
    const shares = changedShares('replacement', 'upstream');
    for (const name of ['random_map', 'rounded_map']) {
      const map = decodeNpy(readFileSync(golden('patchlfw', `${name}.npy`))).data as Float32Array;
      for (const rule of ['lowest', 'highest', 'random'] as const) {
        const chosen = chosenPixels({ map, rule, shares, seed: [0, 1], compat: 'upstream' });
        assert.deepEqual(
          chosen.map(({ length }) => length),
          maps[name].map((level) => level[`count_${rule}`]),
        );
        for (const percent of [5, 50, 95]) {
          const file = rule === 'random' ? 'random_strategy' : `${name}_${rule}`;
          const { data: expected } = decodeNpy(
            readFileSync(golden('patchlfw', `${file}_${String(percent).padStart(2, '0')}.npy`)),
          );
          assert.deepEqual(
            [...chosen[percent / 5 - 1]].sort((a, b) => a - b),
            Array.from(expected, Number),
          );
        }
      }
    }
  });
});
