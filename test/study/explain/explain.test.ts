import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { explainByOcclusion, type ExplainOptions } from '../../../src/study/explain/explain.js';
import type { StudyContext, StudyOutcome } from '../../../src/study/study.js';
import { Workspace } from '../heatmaps/workspace.js';
import { card, height, tinyPad, width } from '../tiny-pad.js';

const space = new Workspace();
after(() => space.remove());

const images = ['live/a.png', 'live/b.png', 'attack/c.png', 'attack/d.png', 'attack/e.png'];

before(async () => {
  space.write('pad.onnx', tinyPad());
  space.write('pad.card.json', JSON.stringify(card));
  for (const [at, name] of images.entries()) await space.image(`in/${name}`, width, height, at + 1);
});

const quiet: StudyContext = { signal: new AbortController().signal, listen: () => undefined };

function options(output: string, changes: Partial<ExplainOptions> = {}): ExplainOptions {
  return {
    images: [space.path('in')],
    output: space.path(output),
    model: space.path('pad.onnx'),
    aligned: true,
    detector: 'mtcnn',
    select: 'largest',
    mode: 'window',
    gridRowsCount: 2,
    gridColumnsCount: 2,
    window: { width: 5, height: 4 },
    stride: { width: 3, height: 2 },
    regions: [],
    landmarkPrecision: 'pixel',
    landmarkScaleFactor: 1.5,
    fill: 'black',
    batchSize: 16,
    seed: 0,
    colormap: 'coolwarm',
    alpha: 0.6,
    dpi: 40,
    photos: true,
    workers: 1,
    ...changes,
  };
}

/** Maps, figures and tables, which must not depend on how the work was cut up; times lie in the other files. */
function results(output: string): Record<string, string> {
  const outputs = space.outputs(output);
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => /\.(npy|png|csv)$/.test(name)));
}

describe('explain occlusion as a study', () => {
  it('writes raw map, overlay and provenance of every image, mean maps, and a report', async () => {
    const outcome = await explainByOcclusion(options('plain'), quiet);
    const names = Object.keys(space.outputs('plain'));
    for (const name of [
      'live/a.npy',
      'live/a.png',
      'live/a.json',
      'mean/all.npy',
      'mean/attack.npy',
      'mean/live.png',
    ]) {
      assert.ok(names.includes(name), `${name} is missing in ${names.join(', ')}`);
    }
    assert.deepEqual(space.map('plain/attack/c.npy').shape, [height, width]);
    const sidecar = space.json('plain/live/a.json') as Record<string, unknown>;
    assert.equal(sidecar.method, 'occlusion');
    assert.equal(sidecar.target, 'probability of live');
    assert.match(readFileSync(outcome.lookAt, 'utf8'), /<html[^>]*>[^]*tiny-pad/);
    const all = await outcome.json();
    assert.equal((all as unknown[]).length, images.length);
  });

  it('gives the mean of the maps of each group', () => {
    const [a, b, mean] = ['live/a', 'live/b', 'mean/live'].map((name) => space.map(`plain/${name}.npy`).data);
    for (const [at, value] of mean.entries()) assert.ok(Math.abs(value - (a[at] + b[at]) / 2) < 1e-6);
  });

  // More sizes are tried beside the method: test/explain/occlusion.test.ts.
  it('does not depend on the batch size', async () => {
    await explainByOcclusion(options('batch', { batchSize: 3 }), quiet);
    for (const name of images.map((image) => image.replace('.png', '.npy'))) {
      const [own, other] = [`batch/${name}`, `plain/${name}`].map((path) => space.map(path).data);
      // Other batch lengths may take other kernels: float32 rounding.
      for (const [at, value] of own.entries()) assert.ok(Math.abs(value - other[at]) < 1e-6);
    }
  });

  it('does not depend on the number of workers, and goes on where it was stopped, to the same bytes', async () => {
    const controller = new AbortController();
    let done = 0;
    const stopping: StudyContext = {
      signal: controller.signal,
      listen: (event) => {
        if (event.type === 'done' && ++done === 2) controller.abort();
      },
    };
    const stopped: StudyOutcome = await explainByOcclusion(options('resumed', { workers: 2 }), stopping);
    assert.equal(stopped.record.status, 'stopped');
    assert.ok(stopped.record.counts.done < images.length);
    const finished = await explainByOcclusion(options('resumed', { workers: 2 }), quiet);
    assert.equal(finished.record.status, 'done');
    assert.equal(finished.record.counts.done, images.length);
    assert.deepEqual(results('resumed'), results('plain'));
  });

  it('refuses to go on with other settings', async () => {
    await assert.rejects(explainByOcclusion(options('plain', { fill: 'mean' }), quiet), {
      name: 'Problem',
      message: /another fill: "black", not "mean".*--no-resume/,
    });
  });

  it('names the classes where a target does not exist', async () => {
    await assert.rejects(explainByOcclusion(options('none', { target: 'spoof' }), quiet), /live/);
  });
});
