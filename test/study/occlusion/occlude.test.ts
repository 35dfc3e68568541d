import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { decodeImage } from '../../../src/dataset/decode-image.js';
import type { RasterImage } from '../../../src/image/raster-image.js';
import { gridCells } from '../../../src/perturb/occlusion/grid-cells.js';
import { occlude as occludeImage } from '../../../src/perturb/occlusion/occlude.js';
import { paintFor } from '../../../src/perturb/occlusion/fill.js';
import { footprintRuns } from '../../../src/perturb/occlusion/footprint-runs.js';
import { occlude } from '../../../src/study/occlusion/occlude.js';
import { listenToNothing, Workspace } from '../heatmaps/workspace.js';

const workspace = new Workspace();
after(() => workspace.remove());

describe('occlude', () => {
  it('writes the variants of each image, though a thread holds two at once, of different sizes', async () => {
    const images = new Map<string, RasterImage>();
    for (let index = 0; index < 12; index++) {
      const [width, height] = index % 3 === 0 ? [30, 21] : [24, 32];
      images.set(`${index}.png`, await workspace.image(`photos/${index}.png`, width, height, index));
    }
    for (const workers of [1, 2]) {
      const outputPath = workspace.path(`occluded-${workers}`);
      await occlude(
        {
          inputPath: workspace.path('photos'),
          outputPath,
          mode: 'grid',
          gridRowsCount: 2,
          gridColumnsCount: 3,
          regions: [],
          landmarkPrecision: 'pixel',
          landmarkScaleFactor: 1.5,
          fill: 'mean',
          face: 'whole',
          detector: 'mtcnn',
          select: 'largest',
          workers,
        },
        listenToNothing,
      );
      for (const [name, image] of images) {
        const paint = paintFor(undefined, image, 'mean');
        for (const { name: cell, footprint } of gridCells(image.width, image.height, 2, 3)) {
          const runs = footprintRuns(undefined, footprint, image.width, image.height);
          const written = await decodeImage(`${outputPath}/grid-occlusion/${cell}/${name}`);
          assert.deepEqual(written.image, occludeImage(image, runs, paint), `${name} ${cell}`);
        }
      }
    }
  });
});
