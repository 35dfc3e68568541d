import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { featureBias } from '../../../src/measure/bias/feature-bias.js';
import { upstreamFeatureBias } from '../../../src/measure/bias/upstream-feature-bias.js';
import { confusionMatrix } from '../../../src/measure/classification/confusion-matrix.js';
import { outcomeCounts } from '../../../src/measure/classification/outcome-counts.js';
import { readGolden, readTable } from '../read-table.js';

interface Golden {
  readonly file: string;
  readonly misclassified: Record<string, number>;
  readonly features: Record<string, { bias: number; male: number; female: number }>;
  readonly biasx_score: number;
  readonly equalized_odds: number;
  readonly mean_over_all_10_features: number;
}

const features = [
  ...['left_eye', 'right_eye', 'nose', 'lips', 'left_cheek', 'right_cheek'],
  ...['chin', 'forehead', 'left_eyebrow', 'right_eyebrow'],
];
const sets = (readGolden('bias/biasx.json') as Golden[]).map((expected) => {
  const images = readTable(`bias/${expected.file}`).map((row) => ({
    group: row.true_gender,
    actual: row.true_gender,
    predicted: row.predicted_gender,
    features: row.activated_features.split(';').filter((name) => name !== '' && name !== 'none'),
  }));
  return { expected, images, wrong: images.filter(({ actual, predicted }) => actual !== predicted) };
});

describe('upstreamFeatureBias', () => {
  for (const { expected, images, wrong } of sets) {
    it(`is BiasX's calculator on ${expected.file}, exactly`, () => {
      const { features: biases, score } = upstreamFeatureBias(wrong, features, ['male', 'female']);
      const shown = biases.map(({ feature, bias, probability: [male, female] }) => [
        feature,
        { bias, male, female },
      ]);
      assert.deepEqual(Object.fromEntries(shown), expected.features);
      assert.equal(score, expected.biasx_score);
      const all = biases.reduce((sum, { bias }) => sum + bias, 0) / features.length;
      assert.equal(Number(all.toFixed(3)), expected.mean_over_all_10_features);

      const matrix = confusionMatrix(images);
      const found = ['male', 'female'].map((name) => {
        const { truePositives, falseNegatives } = outcomeCounts(matrix, name);
        return truePositives / (truePositives + falseNegatives);
      });
      assert.equal(Number(Math.abs(found[0] - found[1]).toFixed(3)), expected.equalized_odds);
    });
  }
});

describe('featureBias', () => {
  const { expected, wrong } = sets[0];

  it("rounds to BiasX's numbers, with the counts beside them", () => {
    const {
      features: biases,
      groups,
      score,
    } = featureBias(wrong, features, ['male', 'female'], {
      resamples: 20,
      permutations: 20,
    });
    assert.deepEqual(
      groups.map(({ images }) => images),
      [expected.misclassified.male, expected.misclassified.female],
    );
    for (const { feature, probability, bias } of biases) {
      const { male, female } = (expected.features as Partial<Golden['features']>)[feature] ?? {
        male: 0,
        female: 0,
      };
      assert.equal(probability[0].trials, expected.misclassified.male);
      assert.ok(Math.abs(probability[0].rate! - male) <= 5e-4);
      assert.ok(Math.abs(probability[1].rate! - female) <= 5e-4);
      const exact = Math.abs(probability[0].rate! - probability[1].rate!);
      assert.ok(Math.abs(bias.value! - exact) <= 1e-15);
    }
    assert.ok(Math.abs(score.value! - expected.mean_over_all_10_features) <= 1e-3);
    const observed = featureBias(wrong, features, ['male', 'female'], {
      over: 'observed',
      resamples: 20,
      permutations: 20,
    });
    assert.ok(Math.abs(observed.score.value! - expected.biasx_score) <= 1e-3);
    assert.ok(
      Math.abs(observed.score.value! - (10 / 8) * score.value!) <= 1e-12,
      '8 of 10 features are seen',
    );
  });

  it("gives the worked check of BiasX's own tests", () => {
    const images = [
      { group: 'male', features: ['left_eye'] },
      { group: 'male', features: ['right_eye'] },
      { group: 'female', features: ['left_eye'] },
    ];
    const result = featureBias(images, ['left_eye', 'right_eye', 'nose'], ['male', 'female'], {
      leastImages: 1,
      over: 'observed',
      permutations: 20,
    });
    const [left, right, nose] = result.features;
    assert.deepEqual(
      left.probability.map(({ rate }) => rate),
      [0.5, 1],
    );
    assert.equal(left.bias.value, 0.5);
    assert.deepEqual(
      right.probability.map(({ rate }) => rate),
      [0.5, 0],
    );
    assert.equal(right.bias.value, 0.5);
    assert.equal(nose.bias.value, 0);
    assert.equal(result.score.value, 0.5);
    assert.equal(
      featureBias(images, ['left_eye', 'right_eye', 'nose'], ['male', 'female'], { leastImages: 1 }).score
        .value,
      1 / 3,
    );
    assert.ok(Number.isNaN(left.p), 'one female says nothing about a spread');
  });

  it('gives reasons and no number where a group has too few mistakes', () => {
    const { wrong: few } = sets[2];
    const result = featureBias(few, features, ['male', 'female']);
    assert.deepEqual(result.score, { value: null, reason: '0 images of male, fewer than 10' });
    assert.equal(result.chance, undefined);
    for (const { bias, probability, p } of result.features) {
      assert.equal(bias.value, null);
      assert.equal(probability[0].rate, null);
      assert.equal(probability[1].rate, null);
      assert.ok(Number.isNaN(p));
    }
    assert.equal(featureBias(few, features, ['female']).score.value, null);
  });

  const dealt = (share: (group: string, image: number) => boolean) =>
    ['a', 'b'].flatMap((group) =>
      Array.from({ length: 40 }, (_, image) => ({
        group,
        features: [...(share(group, image) ? ['nose'] : []), ...(image % 2 === 0 ? ['chin'] : [])],
      })),
    );

  it('finds a feature that differs, and not one that does not', () => {
    const {
      features: biases,
      score,
      chance,
    } = featureBias(
      dealt((group, image) => image < (group === 'a' ? 30 : 10)),
      ['nose', 'chin'],
      ['a', 'b'],
      { resamples: 500, permutations: 999 },
    );
    const [nose, chin] = biases;
    assert.equal(nose.p, 0.001);
    assert.equal(nose.holm, 0.002);
    assert.equal(chin.p, 1);
    assert.equal(score.value, 0.25);
    assert.ok(chance!.p < 0.01 && chance!.mean < 0.25);
    assert.ok(nose.bias.value === 0.5 && nose.bias.interval!.low > 0.25 && nose.bias.interval!.high < 0.75);
  });

  it('says what chance alone would score', () => {
    // Two of four persons have the feature: dealt to two groups of two, the difference is 1 in 2 of 6 deals, 0 in 4.
    const images = [true, true, false, false].map((has, at) => ({
      group: at % 2 === 0 ? 'a' : 'b',
      features: has ? ['nose'] : [],
    }));
    const { chance } = featureBias(images, ['nose'], ['a', 'b'], { leastImages: 1, permutations: 4000 });
    assert.ok(Math.abs(chance!.mean - 1 / 3) < 0.03);
    assert.equal(chance!.p, 1);
  });

  it('takes the images of a person together', () => {
    const images = dealt((group, image) => image < (group === 'a' ? 30 : 10));
    const persons = images.map((image, at) => ({ ...image, person: `p${at}` }));
    const copies = persons.flatMap((image) => [image, image]);
    const once = featureBias(persons, ['nose', 'chin'], ['a', 'b'], { resamples: 100, permutations: 99 });
    const twice = featureBias(copies, ['nose', 'chin'], ['a', 'b'], { resamples: 100, permutations: 99 });
    assert.deepEqual(
      twice.features.map(({ bias, p }) => [bias, p]),
      once.features.map(({ bias, p }) => [bias, p]),
    );
    assert.deepEqual(twice.chance, once.chance);
    assert.deepEqual(
      twice.groups.map(({ images: count, persons: people }) => [count, people]),
      [
        [80, 40],
        [80, 40],
      ],
    );
  });

  it('takes any number of groups: the bias is between the two that are furthest apart', () => {
    const images = ['a', 'b', 'c'].flatMap((group, at) =>
      Array.from({ length: 10 }, (_, image) => ({ group, features: image < 2 * at ? ['nose'] : [] })),
    );
    const { features: biases } = featureBias(images, ['nose'], ['a', 'b', 'c'], { permutations: 99 });
    assert.equal(biases[0].bias.value, 0.4);
  });

  it('refuses a feature that is not listed', () => {
    assert.throws(() => featureBias([{ group: 'a', features: ['ear'] }], ['nose'], ['a']), /ear/);
  });
});
