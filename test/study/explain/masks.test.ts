import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { explainByMasks } from '../../../src/study/explain/explain.js';
import type { MaskMethod } from '../../../src/study/explain/image-method.js';
import type { StudyContext } from '../../../src/study/study.js';
import { Workspace } from '../heatmaps/workspace.js';
import { card, height, tinyPad, width } from '../tiny-pad.js';

const space = new Workspace();
after(() => space.remove());

const images = ['live/a.png', 'live/b.png', 'attack/c.png', 'attack/d.png'];

before(async () => {
  space.write('pad.onnx', tinyPad());
  space.write('pad.card.json', JSON.stringify(card));
  for (const [at, name] of images.entries()) await space.image(`in/${name}`, width, height, at + 1);
});

const quiet: StudyContext = { signal: new AbortController().signal, listen: () => undefined };

const lime: MaskMethod = {
  name: 'lime',
  samples: 150,
  fill: 'gray',
  untilStable: null,
  seed: 3,
  segmentation: { method: 'grid', options: { rows: 2, columns: 3 } },
  design: 'paired',
  kernelWidth: 0.25,
  ridge: 1,
  features: null,
};
const rise: MaskMethod = {
  name: 'rise',
  samples: 300,
  fill: 'black',
  untilStable: 0.2,
  seed: 3,
  masks: { kind: 'grid', cells: 3, shown: 0.5 },
};

function explain(output: string, method: MaskMethod, changes = {}, context = quiet) {
  return explainByMasks(
    {
      images: [space.path('in')],
      output: space.path(output),
      model: space.path('pad.onnx'),
      aligned: true,
      detector: 'mtcnn',
      select: 'largest',
      batchSize: 16,
      seed: method.seed,
      colormap: 'coolwarm',
      alpha: 0.6,
      dpi: 40,
      photos: true,
      workers: 1,
      method,
      ...changes,
    },
    context,
  );
}

/** Maps, figures and tables, which must not depend on how the work was cut up; times lie in the other files. */
function results(output: string): Record<string, string> {
  const outputs = space.outputs(output);
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => /\.(npy|png|csv)$/.test(name)));
}

describe('explain lime and explain rise as studies', () => {
  for (const method of [lime, rise]) {
    const { name } = method;

    it(`${name}: the same bytes whatever the number of workers, and after a stop`, async () => {
      await explain(name, method);
      const controller = new AbortController();
      const stopping: StudyContext = {
        signal: controller.signal,
        listen: ({ type }) => type === 'done' && controller.abort(),
      };
      const stopped = await explain(`${name}-resumed`, method, { workers: 2 }, stopping);
      assert.equal(stopped.record.status, 'stopped');
      assert.ok(stopped.record.counts.done < images.length);
      const finished = await explain(`${name}-resumed`, method, { workers: 2 });
      assert.equal(finished.record.counts.done, images.length);
      const plain = results(name);
      assert.ok(`mean/live.npy` in plain && 'live/a.npy' in plain);
      assert.deepEqual(results(`${name}-resumed`), plain);
    });

    // More sizes are tried beside the methods: test/explain.
    it(`${name}: the same values whatever the size of the batches`, async () => {
      await explain(`${name}-batch`, method, { images: [space.path('in/attack')], batchSize: 5 });
      for (const image of ['c', 'd']) {
        const [own, other] = [`${name}-batch/${image}`, `${name}/attack/${image}`].map(
          (path) => space.map(`${path}.npy`).data,
        );
        // Other batch lengths may take other kernels: float32 rounding.
        for (const [at, value] of own.entries()) assert.ok(Math.abs(value - other[at]) < 1e-5);
      }
    });

    it(`${name}: an image gets the same map whatever others it comes with, and however many threads it has`, async () => {
      const output = `${name}-alone`;
      await explain(output, method, { images: [space.path('in/attack/d.png')], workers: 3 });
      assert.deepEqual(space.map(`${output}/d.npy`).data, space.map(`${name}/attack/d.npy`).data);
    });
  }

  it('skips images that are one segment, and says why', async () => {
    const one: MaskMethod = { ...lime, segmentation: { method: 'grid', options: { rows: 1, columns: 1 } } };
    await assert.rejects(explain('one', one), /none of 4 inputs could be used.*one segment/);
  });
});
