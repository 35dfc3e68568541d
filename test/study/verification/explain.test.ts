import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { RunRecord } from '../../../src/jobs/run/run-record.js';
import { explainPairs, type ExplainStepOptions } from '../../../src/study/verification/explain/explain.js';
import { parseStudyMethods } from '../../../src/study/verification/methods/parse-study-methods.js';
import { outcomeOf } from '../../../src/study/verification/outcome.js';
import { readThreshold } from '../../../src/study/verification/threshold/threshold-result.js';
import { listenToNothing, Workspace } from '../heatmaps/workspace.js';
import {
  embedderWeights,
  height,
  personImage,
  studyOptions,
  values,
  width,
  writeStudy,
} from './pair-study.js';

const space = new Workspace();
let rows: string[];
before(async () => (rows = await writeStudy(space, 4)));
after(() => space.remove());

const optionsOf = (output: string, more: Partial<ExplainStepOptions> = {}): ExplainStepOptions => ({
  ...studyOptions(space, rows, output),
  methods: parseStudyMethods('xssab,corrrise:masks=20:patch-size=5,input-x-gradient'),
  batchSize: 16,
  maps: 'all',
  figures: 'none',
  regions: false,
  alpha: 0.6,
  dpi: 30,
  ...more,
});

const recordOf = (output: string) => space.json(`${output}/explain/run.json`) as RunRecord;

/** The tiny network in float64: its embedding, and for weights of the embedding the gradient by each input. */
function network({ data }: { data: Uint8Array }) {
  const weights = embedderWeights();
  const [pixels, inputs] = [width * height, 3 * width * height];
  const input = Array.from(
    { length: inputs },
    (_, at) => data[(at % pixels) * 3 + Math.floor(at / pixels)] / 255,
  );
  const embedding = Array.from({ length: values }, (_, value) =>
    input.reduce((sum, x, at) => sum + weights[value * inputs + at] * x, 0),
  );
  const gradient = (seed: readonly number[]) =>
    input.map((_, at) => seed.reduce((sum, s, value) => sum + s * weights[value * inputs + at], 0));
  return { input, embedding, gradient };
}

describe('the explain step', () => {
  before(() => explainPairs(optionsOf('plain', { figures: 1 }), listenToNothing));

  it('runs the threshold step where it is missing, and explains every pair by every method', async () => {
    const { pairs, threshold } = await readThreshold(space.path('plain'));
    assert.equal(pairs.length, rows.length);
    for (const method of ['xssab', 'corrrise', 'input-x-gradient']) {
      const folder = space.path(`plain/explain/maps/${method}`);
      assert.deepEqual(readdirSync(folder).sort(), pairs.map(({ name }) => name).sort());
    }
    const { outcomes } = recordOf('plain').results as { outcomes: Record<string, number> };
    for (const [outcome, count] of Object.entries(outcomes)) {
      assert.equal(count, pairs.filter((pair) => outcomeOf(pair, threshold) === outcome).length, outcome);
    }
  });

  it('gives each image its own map against the other', async () => {
    const { pairs } = await readThreshold(space.path('plain'));
    const [{ name, cosine }] = pairs;
    const [a, b] = [network(personImage(0, 1)), network(personImage(0, 2))];
    const pixels = width * height;
    for (const [side, own, other] of [
      ['a', a, b],
      ['b', b, a],
    ] as const) {
      // The derivative of the cosine by the embedding: what of the other direction is at right angles to it.
      const [length, reach] = [own, other].map(({ embedding }) => Math.hypot(...embedding));
      const seed = own.embedding.map(
        (value, at) => (other.embedding[at] / reach - (cosine * value) / length) / length,
      );
      const product = own.gradient(seed).map((value, at) => value * own.input[at]);
      const { data, shape } = space.map(`plain/explain/maps/input-x-gradient/${name}/${side}/combined.npy`);
      assert.deepEqual(shape, [height, width]);
      data.forEach((value, pixel) => {
        const expected = product[pixel] + product[pixel + pixels] + product[pixel + 2 * pixels];
        assert.ok(Math.abs(value - expected) < 1e-6, `${side} ${pixel}: ${value}, not ${expected}`);
      });
    }
  });

  it('draws figures of the first pair of each outcome only, and says of each map how it was made', async () => {
    const { pairs, threshold } = await readThreshold(space.path('plain'));
    const seen = new Set<string>();
    for (const pair of pairs) {
      const outcome = outcomeOf(pair, threshold);
      const folder = space.path(`plain/explain/maps/xssab/${pair.name}`);
      assert.equal(existsSync(join(folder, 'pair.png')), !seen.has(outcome));
      assert.equal(existsSync(join(folder, 'b/negative.png')), !seen.has(outcome));
      seen.add(outcome);
    }
    const { name, cosine } = pairs[1];
    const result = space.json(`plain/explain/maps/corrrise/${name}/result.json`) as Record<string, unknown>;
    assert.deepEqual([result.cosine, result.threshold, result.seed], [cosine, threshold, 0]);
    assert.deepEqual(result.parameters, { masks: 20, patches: 3, 'patch-size': 5, threshold });
  });

  it('does not depend on the number of workers, nor on being stopped and going on', async () => {
    const expected = Object.fromEntries(
      Object.entries(space.outputs('plain/explain')).filter(([name]) => !/\.(png|jpg)$/.test(name)),
    );
    // Six maps and the JSON, for each pair and method.
    assert.equal(Object.keys(expected).length, rows.length * 3 * 7);
    const controller = new AbortController();
    let done = 0;
    let explaining = false;
    const own = optionsOf('stopped', { workers: 2 });
    const { record } = await explainPairs(own, {
      signal: controller.signal,
      listen: (event) => {
        if (event.type === 'started' && event.title === 'explain') explaining = true;
        if (explaining && event.type === 'done' && ++done === 4) controller.abort();
      },
    });
    assert.equal(record.status, 'stopped');
    await explainPairs(own, listenToNothing);
    assert.deepEqual(space.outputs('stopped/explain'), expected);
    assert.deepEqual(recordOf('stopped').results, recordOf('plain').results);
  });

  it('stops with the threshold step, and goes on with it', async () => {
    const controller = new AbortController();
    const outcome = await explainPairs(optionsOf('early'), {
      signal: controller.signal,
      listen: ({ type }) => type === 'done' && controller.abort(),
    });
    assert.deepEqual([outcome.record.command, outcome.record.status], ['verification threshold', 'stopped']);
    assert.ok(!existsSync(space.path('early/explain')));
  });

  it('depends on the batch size by no more than rounding', async () => {
    await explainPairs(optionsOf('batch', { batchSize: 3 }), listenToNothing);
    const { pairs } = await readThreshold(space.path('batch'));
    for (const method of ['xssab', 'corrrise', 'input-x-gradient']) {
      for (const { name } of pairs) {
        const [one, other] = ['plain', 'batch'].map(
          (study) => space.map(`${study}/explain/maps/${method}/${name}/a/combined.npy`).data,
        );
        one.forEach((value, at) => assert.ok(Math.abs(value - other[at]) < 1e-6, `${method} ${name}`));
      }
    }
  });

  it('does not mix two thresholds in one folder', async () => {
    await assert.rejects(
      explainPairs(
        optionsOf('plain', { figures: 1, at: { kind: 'given', threshold: 0.123 } }),
        listenToNothing,
      ),
      /holds a run with another threshold.*0\.123 \(use another folder, or --no-resume/,
    );
  });
});
