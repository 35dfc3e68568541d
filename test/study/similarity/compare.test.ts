import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { type MapDistanceName, mapDistances } from '../../../src/measure/agreement/map-distances.js';
import { linkage } from '../../../src/measure/clustering/linkage.js';
import { aggregate } from '../../../src/study/similarity/aggregate/aggregate.js';
import { aggregateAgain, compareAgain } from '../../../src/study/similarity/again.js';
import { compare } from '../../../src/study/similarity/compare/compare.js';
import {
  readDistances,
  readLinkage,
  readOverlaps,
} from '../../../src/study/similarity/compare/compare-tables.js';
import { plotStudy } from '../../../src/study/similarity/plot/plot-study.js';
import type { Tensor } from '../../../src/tensor/tensor.js';
import { listenToNothing, Workspace } from '../heatmaps/workspace.js';
import { writeExplained } from './synthetic-study.js';

const models = ['one', 'two', 'three'];
const images = ['a', 'b', 'c', 'd', 'e', 'f'].flatMap((person) => [`${person}/1.png`, `${person}/2.png`]);
const groupsCsv = `identity,sex\n${['a', 'b', 'c'].map((each) => `${each},female\n`).join('')}${['d', 'e', 'f'].map((each) => `${each},male\n`).join('')}`;

const space = new Workspace();
let study: string;
before(async () => {
  study = await writeExplained(space, 'study', { images, models });
  const groups = space.write('groups.csv', groupsCsv);
  await aggregateAgain({ output: study, groups, groupBy: ['sex'], workers: 1 }, listenToNothing);
});
after(() => space.remove());

const meanOf = (model: string): Tensor => {
  const { data, shape } = space.map(`study/aggregate/means/model/${model}.npy`);
  return { data: Float32Array.from(data), shape };
};

describe('the compare step', () => {
  it('measures every two mean maps by every measure; heat is what is above 0', async () => {
    const distances = await readDistances(`${study}/compare`);
    for (const measure of Object.keys(mapDistances) as MapDistanceName[]) {
      const { signed, distance } = mapDistances[measure];
      const [a, b] = ['one', 'three'].map(meanOf).map(({ data, shape }) => ({
        shape,
        data: signed ? data : data.map((value) => Math.max(0, value)),
      }));
      const row = distances.find(
        (each) =>
          each.comparison === 'model' &&
          each.measure === measure &&
          each.first === 'one' &&
          each.second === 'three',
      );
      assert.equal(row?.distance, distance(a, b), measure);
    }
    const names = new Set(distances.map(({ comparison }) => comparison));
    assert.deepEqual([...names], ['model', 'model-half', 'sex', 'model-sex']);
  });

  it('joins them as SciPy does, by average and by Ward', async () => {
    const distances = await readDistances(`${study}/compare`);
    const merges = await readLinkage(`${study}/compare`);
    const of = (first: string, second: string) =>
      first === second
        ? 0
        : distances.find(
            (row) =>
              row.comparison === 'model' &&
              row.measure === 'pearson' &&
              [first, second].includes(row.first) &&
              [first, second].includes(row.second),
          )!.distance;
    for (const method of ['average', 'ward'] as const) {
      const own = merges.filter(
        (row) => row.comparison === 'model' && row.measure === 'pearson' && row.linkage === method,
      );
      assert.deepEqual(
        own.map(({ first, second, distance, size }) => ({ first, second, distance, size })),
        linkage(
          models.map((one) => models.map((other) => of(one, other))),
          method,
        ),
      );
    }
  });

  it('tells how far the hottest pixels are the same', async () => {
    const overlaps = await readOverlaps(`${study}/compare`);
    const row = overlaps.find(
      (each) => each.comparison === 'model' && each.first === 'one' && each.second === 'two',
    )!;
    const hottest = ['one', 'two'].map((model) => {
      const { data } = meanOf(model);
      const threshold = data.slice().sort()[data.length - Math.round(0.1 * data.length)];
      return data.map((value) => Number(value >= threshold));
    });
    const both = hottest[0].reduce((sum, value, at) => sum + value * hottest[1][at], 0);
    const all = [...hottest[0], ...hottest[1]].reduce((sum, value) => sum + value, 0);
    assert.ok(Math.abs(row.f1 - (2 * both) / all) < 1e-12);
    assert.ok(Math.abs(row.iou - both / (all - both)) < 1e-12);
  });

  it('gives the same bytes with other workers, and compares anew by other measures', async () => {
    const before = space.outputs('study/compare');
    await compare({ output: study, workers: 3, resume: false }, listenToNothing);
    const numbers = (outputs: Record<string, string>) =>
      Object.fromEntries(Object.entries(outputs).filter(([name]) => name.endsWith('.csv')));
    assert.deepEqual(numbers(space.outputs('study/compare')), numbers(before));
    await compareAgain(
      { output: study, measures: ['spearman', 'ssim'], linkages: ['ward'], workers: 1 },
      listenToNothing,
    );
    const distances = await readDistances(`${study}/compare`);
    assert.deepEqual([...new Set(distances.map(({ measure }) => measure))], ['spearman', 'ssim']);
    assert.match(readFileSync(`${study}/report.html`, 'utf8'), /1 − Spearman’s correlation \(Ward linkage\)/);
  });

  it('refuses where there are no means, or nothing to compare', async () => {
    await assert.rejects(compare({ output: space.path('none') }, listenToNothing), /holds no finished means/);
    const single = await writeExplained(space, 'single', { images: ['a/1.png', 'b/1.png'], models: ['one'] });
    await aggregate({ output: single, workers: 1 }, listenToNothing);
    await assert.rejects(
      compare({ output: single, workers: 1 }, listenToNothing),
      /nothing to compare: one model/,
    );
    // A study of it has a report all the same.
    const { lookAt } = await aggregateAgain({ output: single, workers: 1 }, listenToNothing);
    assert.match(readFileSync(lookAt, 'utf8'), /Where one looks in a face/);
  });
});

describe('the figures and the report of a study', () => {
  it('are drawn from the tables, without a photograph where none may be shown', async () => {
    const files = await plotStudy({ output: study, formats: ['svg'], dpi: 40 });
    const names = files.map((file) => file.slice(study.length + 1));
    for (const name of [
      'aggregate/heatmaps-sex.png',
      'aggregate/people.png',
      'aggregate/shares.svg',
      'aggregate/shares-sex-two.svg',
      'compare/model-dendrogram.svg',
      'compare/model-distances.svg',
      'compare/model-sex-dendrogram.svg',
      'report.html',
    ]) {
      assert.ok(names.includes(name), `${name} of ${names.join(', ')}`);
      assert.ok(existsSync(`${study}/${name}`));
    }
    const html = readFileSync(`${study}/report.html`, 'utf8');
    for (const text of [
      'Where one, two and three look in a face',
      'By sex: the 10 clearest of 33 comparisons',
      'The most and the least typical people',
      'All 12 images are on the canonical face',
      'From one half of the people to the other, a model differs from itself by',
    ]) {
      assert.ok(html.includes(text), text);
    }
    // The heat maps and the people: no other image is in the page.
    assert.equal(html.match(/<img /g)?.length, 2);
  });
});
