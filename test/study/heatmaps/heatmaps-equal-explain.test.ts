import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, it } from 'node:test';
import { createDlib68 } from '../../../src/face/landmarks/dlib68.js';
import type { ShapePredictor } from '../../../src/face/landmarks/dlib/shape-predictor.js';
import { loadOpenCv } from '../../../src/image/opencv.js';
import { openModel } from '../../../src/model/open-model.js';
import { explainView } from '../../../src/study/explain/explain-view.js';
import { heatmaps } from '../../../src/study/heatmaps/heatmaps.js';
import { occlude } from '../../../src/study/occlusion/occlude.js';
import type { OcclusionSettings } from '../../../src/study/occlusion/occlusion-settings.js';
import { score } from '../../../src/study/score/score.js';
import { serialise } from '../../face/landmarks/dlib/serialise.js';
import { card, height, tinyPad, width } from '../tiny-pad.js';
import { defaults, listenToNothing, Workspace } from './workspace.js';

const space = new Workspace();
after(() => space.remove());

/** 68 points that no tree moves. */
const predictor: ShapePredictor = {
  parts: 68,
  cascades: 1,
  trees: 1,
  splits: 1,
  pixels: 1,
  initialShape: Float32Array.from({ length: 136 }, (_, i) => ((i * 7) % 64) / 64),
  first: Uint16Array.of(0),
  second: Uint16Array.of(0),
  threshold: Float32Array.of(0),
  leaves: new Float32Array(68 * 4),
  anchor: Uint16Array.of(0),
  delta: Float32Array.of(0, 0),
};

it('occlude, score and heatmaps give the map of explain occlusion', async () => {
  const image = await space.image('crops/a/face.png', width, height, 3);
  const model = space.write('tiny.onnx', tinyPad());
  const cardFile = space.write('tiny.card.json', JSON.stringify(card));
  const landmarkModel = space.write('predictor.dat', serialise(predictor));
  const settings: OcclusionSettings = {
    mode: 'both',
    gridRowsCount: 3,
    gridColumnsCount: 4,
    regions: ['left_eye', 'nose', 'mouth'],
    landmarkPrecision: 'pixel',
    landmarkScaleFactor: 1.2,
    fill: 'mean',
  };
  const faces = { detector: 'mtcnn', select: 'largest', landmarkModel, workers: 1 } as const;
  const crops = space.path('crops');
  const occluded = space.path('occl');
  await occlude(
    { ...settings, ...faces, inputPath: crops, outputPath: occluded, face: 'whole', lossless: true },
    listenToNothing,
  );
  const scored = async (inputPath: string, name: string) => {
    const output = space.path(name);
    await score({ ...faces, inputPath, output, model, card: cardFile, aligned: true }, listenToNothing);
    return output;
  };
  await heatmaps(
    {
      ...defaults,
      regular: await scored(crops, 'regular.csv'),
      grid: await scored(`${occluded}/grid-occlusion`, 'grid.csv'),
      landmark: await scored(`${occluded}/landmark-occlusion`, 'landmark.csv'),
      output: space.path('heat'),
      heatmapMode: 'diff',
      generatedHeatmaps: 'individual',
    },
    listenToNothing,
  );

  const cv = await loadOpenCv();
  const landmarks = await createDlib68(predictor).landmarks(image, { x: 0, y: 0, width, height });
  const opened = await openModel(model, { card: cardFile });
  const explained = await explainView(cv, opened, image, { kind: 'bona-fide' }, landmarks, settings, 16);
  await opened.close();

  const { data } = space.map('heat/maps/a/face.npy');
  assert.equal(data.length, explained.map.data.length);
  const largest = Math.max(...data.map((value, at) => Math.abs(value - explained.map.data[at])));
  assert.ok(largest <= 1e-5, `the maps differ by ${largest}`);
  assert.ok(Math.max(...data) - Math.min(...data) > 0.01, 'the map is flat');
  const sidecar = JSON.parse(readFileSync(space.path('heat/maps/a/face.json'), 'utf8')) as {
    cells: { name: string; value: number }[];
    regions: { name: string; value: number; footprint: unknown }[];
  };
  const effects = new Map(
    [...explained.places, ...explained.regions].map(({ name, effect }) => [name, effect]),
  );
  for (const { name, value } of [...sidecar.cells, ...sidecar.regions]) {
    assert.ok(Math.abs(value - effects.get(name)!) <= 1e-5, name);
  }
  assert.deepEqual(
    sidecar.regions.map(({ name, footprint }) => [name, footprint]),
    explained.regions.map(({ name, footprint }) => [name, footprint]),
  );
});
