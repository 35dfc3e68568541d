import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accuracy } from '../../../src/measure/classification/accuracy.js';
import { classRates } from '../../../src/measure/classification/class-rates.js';
import { classificationByGroup } from '../../../src/measure/classification/classification-by-group.js';
import { confusionMatrix } from '../../../src/measure/classification/confusion-matrix.js';
import { outcomeCounts } from '../../../src/measure/classification/outcome-counts.js';
import { clopperPearson } from '../../../src/measure/clopper-pearson.js';
import { readGolden, readTable } from '../read-table.js';

const cells = (text: string) =>
  text.split(' ').map((pair) => ({ actual: pair[0], predicted: pair[1], group: pair.slice(2) }));

describe('confusionMatrix', () => {
  it('counts actual in rows and predicted in columns, in the order of the classes', () => {
    const matrix = confusionMatrix(cells('aa ab ab ba cc'), ['c', 'a', 'b']);
    assert.deepEqual(matrix.counts, [
      [1, 0, 0],
      [0, 1, 2],
      [0, 1, 0],
    ]);
    assert.equal(matrix.total, 5);
    assert.deepEqual(confusionMatrix(cells('ba')).classes, ['a', 'b']);
  });

  it('refuses a class that is not listed', () => {
    assert.throws(() => confusionMatrix(cells('ax'), ['a', 'b']), /x is not one of a, b/);
  });
});

describe('classRates', () => {
  // a: 1 found, 2 missed, 1 taken for it wrongly, 1 rightly not.
  const matrix = confusionMatrix(cells('aa ab ab ba cc'));

  it('takes one class against all others', () => {
    const counts = outcomeCounts(matrix, 'a');
    assert.deepEqual(counts, { truePositives: 1, falseNegatives: 2, falsePositives: 1, trueNegatives: 1 });
    const rates = classRates(counts, 'a');
    const shown = Object.entries(rates).map(([name, { errors, trials }]) => [name, errors, trials]);
    assert.deepEqual(shown, [
      ['truePositiveRate', 1, 3],
      ['falsePositiveRate', 1, 2],
      ['positivePredictiveValue', 1, 2],
      ['negativePredictiveValue', 1, 3],
      ['selectionRate', 2, 5],
      ['accuracy', 2, 5],
    ]);
    const { truePositiveRate } = rates;
    assert.ok('interval' in truePositiveRate);
    assert.deepEqual(truePositiveRate.interval, clopperPearson(1, 3));
  });

  it('gives the reason in place of a rate of too few trials', () => {
    const rates = classRates(outcomeCounts(confusionMatrix(cells('bb bb'), ['a', 'b']), 'a'), 'a');
    assert.deepEqual(rates.truePositiveRate, {
      rate: null,
      errors: 0,
      trials: 0,
      reason: '0 images of a, fewer than 1',
    });
    assert.equal(rates.falsePositiveRate.rate, 0);
  });

  it('counts all images once: the accuracy of the matrix is its trace', () => {
    assert.equal(accuracy(matrix).errors, 2);
    assert.equal(accuracy(matrix).trials, 5);
  });
});

describe('classificationByGroup', () => {
  const golden = readGolden('fairness/fairness.json') as {
    by_group: Record<string, Record<string, number>>;
  };
  const samples = readTable('fairness/fairness_table.csv').map(({ group, label, prediction }) => ({
    group,
    actual: label,
    predicted: prediction,
  }));

  it("has Fairlearn's rates in each group", () => {
    const groups = classificationByGroup(samples, ['0', '1']);
    assert.deepEqual(
      groups.map(({ group }) => group),
      ['a', 'b', 'c'],
    );
    for (const { group, images, persons, rates, accuracy: own } of groups) {
      const expected = golden.by_group[group];
      assert.equal(images, expected.count);
      assert.equal(persons, images);
      assert.equal(own.rate, expected.accuracy);
      assert.equal(rates['1'].selectionRate.rate, expected.selection_rate);
      assert.equal(rates['1'].truePositiveRate.rate, expected.tpr);
      assert.equal(rates['1'].falsePositiveRate.rate, expected.fpr);
      assert.equal(rates['0'].truePositiveRate.rate, expected.tnr);
    }
  });

  it('names what a small group lacks', () => {
    const [group] = classificationByGroup(cells('aag bbg'), ['a', 'b']);
    assert.equal(group.accuracy.rate, null);
    assert.equal(group.rates.a.truePositiveRate.rate, null);
    const named = cells('aag bbg').map((sample) => ({ ...sample, person: 'p' }));
    assert.equal(classificationByGroup(named, ['a', 'b'])[0].persons, 1);
  });
});
