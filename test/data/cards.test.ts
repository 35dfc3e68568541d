import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import { cropForCard } from '../../src/face/crop-for-card.js';
import type { Face } from '../../src/face/face.js';
import { openDetector } from '../../src/face/open-detector.js';
import { selectFace } from '../../src/face/select-face.js';
import { loadOpenCv } from '../../src/image/opencv.js';
import type { OpenCv } from '../../src/image/opencv.js';
import type { RasterImage } from '../../src/image/raster-image.js';
import type { CardInput } from '../../src/model/card.js';
import type { Model } from '../../src/model/model.js';
import { openModel } from '../../src/model/open-model.js';
import { attributeScores } from '../../src/model/outputs/attribute-scores.js';
import { bonaFideScore } from '../../src/model/outputs/bona-fide-score.js';
import { outputMaps } from '../../src/model/outputs/output-maps.js';
import { inputLength, inputShape, writeInput } from '../../src/model/write-input.js';

const data = process.env.FACEPROBE_DATA;

const attacks = ['silentface/image_F1.jpg', 'silentface/image_F2.jpg'];
const bonaFide = ['silentface/image_T1.jpg'];

interface Photograph {
  readonly image: RasterImage;
  readonly face: Face;
}

describe(
  'cards of PAD models on real faces',
  { skip: data === undefined && 'FACEPROBE_DATA is not set' },
  () => {
    let cv: OpenCv;
    const photographs = new Map<string, Photograph>();
    let frll: string[];

    before(async () => {
      cv = await loadOpenCv();
      const labels = await readFile(join(data!, 'frll/labels.csv'), 'utf8');
      frll = labels
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => `frll/${line.split(',', 1)[0]}`);
      assert.equal(frll.length, 132);
      const detector = await openDetector('ultraface');
      for (const file of [...attacks, ...bonaFide, ...frll]) {
        const { data: samples, info } = await sharp(join(data!, file))
          .removeAlpha()
          .raw()
          .toBuffer({ resolveWithObject: true });
        const image: RasterImage = { width: info.width, height: info.height, channels: 3, data: samples };
        photographs.set(file, { image, face: selectFace(await detector.detect(image))! });
      }
      await detector.close();
    });
    after(() => photographs.clear());

    /** P(bona fide) of each file, with the card's input changed as given. */
    async function scores(
      model: Model,
      files: readonly string[],
      change: Partial<CardInput> = {},
    ): Promise<number[]> {
      const input = { ...model.card.input, ...change };
      const size = { width: input.width!, height: input.height! };
      const batch = new Float32Array(files.length * inputLength(input, size));
      files.forEach((file, row) => {
        const { image, face } = photographs.get(file)!;
        writeInput(cv, input, cropForCard(cv, input, image, face).image, batch, row);
      });
      const feeds = { [model.inputs[0].name]: { data: batch, shape: inputShape(input, files.length, size) } };
      const outputs = await model.run(feeds);
      return files.map((_, row) => bonaFideScore(model.card, outputs, row));
    }

    const accepted = (values: readonly number[]) => values.filter((value) => value > 0.5).length;

    const models = [
      {
        name: 'fr_liveness',
        reference: () => 'fr_liveness',
        card: undefined,
        acceptsT1: false,
        accepts: 132,
      },
      {
        name: 'minifas128',
        reference: () => join(data!, 'models/minifas128/minifas128.onnx'),
        card: 'docs/cards/minifas128.card.json',
        acceptsT1: true,
        accepts: 132,
      },
      {
        name: 'minifasnet-v2',
        reference: () => join(data!, 'models/minifasnet/2.7_80x80_MiniFASNetV2.onnx'),
        card: 'docs/cards/minifasnet-v2.card.json',
        acceptsT1: true,
        accepts: 123,
      },
      {
        name: 'minifasnet-v1se',
        reference: () => join(data!, 'models/minifasnet/4_0_0_80x80_MiniFASNetV1SE.onnx'),
        card: 'docs/cards/minifasnet-v1se.card.json',
        acceptsT1: true,
        accepts: 132,
      },
    ];
    for (const { name, reference, card, acceptsT1, accepts } of models) {
      it(`${name}: its card rejects both attacks and accepts ${accepts} of 132 faces, more than with the other channel order`, async () => {
        const model = await openModel(reference(), { card, threads: 1 });
        try {
          assert.equal(accepted(await scores(model, attacks)), 0);
          if (acceptsT1) assert.equal(accepted(await scores(model, bonaFide)), 1);
          const right = accepted(await scores(model, frll));
          // Another processor may round one face over the threshold.
          assert.ok(Math.abs(right - accepts) <= 1, `${right} of ${frll.length} faces are accepted`);
          const other = model.card.input.channels === 'BGR' ? 'RGB' : 'BGR';
          const swapped = accepted(await scores(model, frll, { channels: other }));
          assert.ok(swapped < right, `${swapped} with ${other}, ${right} with the card`);
        } finally {
          await model.close();
        }
      });
    }

    it('aenet: its card fits the six outputs of its graph', async () => {
      const model = await openModel(join(data!, 'models/aenet/aenet-topology-random.onnx'), {
        card: 'docs/cards/aenet.card.json',
        threads: 1,
      });
      try {
        const [score] = await scores(model, bonaFide);
        assert.ok(score >= 0 && score <= 1);
        assert.equal(Object.keys(model.card.outputs).length, 6);
        const size = inputLength(model.card.input, { width: 224, height: 224 });
        const gray = new Float32Array(size).fill(0.5);
        const outputs = await model.run({ input: { data: gray, shape: [1, 3, 224, 224] } });
        const maps = outputMaps(model.card, outputs, 0);
        assert.deepEqual(
          maps.map(({ output, map }) => [output, map.shape]),
          [
            ['depth', [1, 14, 14]],
            ['reflection', [3, 14, 14]],
          ],
        );
        // After the sigmoid of the graph: none is to come.
        assert.ok(maps.every(({ map }) => map.data.every((value) => value > 0 && value < 1)));
        const { attributes } = attributeScores(model.card, outputs, 0);
        assert.deepEqual([Object.keys(attributes).length, Object.keys(attributes)[39]], [40, 'Young']);
      } finally {
        await model.close();
      }
    });
  },
);
