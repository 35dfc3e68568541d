import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Verdict } from '../../../src/study/verification/replace/verdict.js';
import { verdictInWords } from '../../../src/study/verification/report/verdict-in-words.js';

const verdict: Verdict = {
  curve: 'replacement',
  rate: 'hter',
  best: 'xssab',
  area: { value: 0.2, low: 0.15, high: 0.26 },
  overControl: { value: -0.12, low: -0.18, high: -0.06 },
  overOthers: [
    { method: 'fggb', difference: { value: -0.01, low: -0.03, high: 0.01 } },
    { method: 'xface', difference: { value: -0.05, low: -0.08, high: -0.02 } },
  ],
  beatsControl: true,
  settled: false,
};

describe('verdictInWords', () => {
  it('names the best method, its area, its distance from random pixels, and what is open', () => {
    assert.equal(
      verdictInWords('frll', verdict, '10 pairs'),
      'On frll, xssab comes first by putting pixels back: its area under HTER is 0.200 (95 % interval 0.150 to 0.260), ' +
        'which is 0.120 (95 % interval 0.060 to 0.180) below that of random pixels (10 pairs). Whether it is better than ' +
        'fggb is not settled; the nearest, fggb, lies 0.010 (95 % interval −0.010 to 0.030) behind.',
    );
  });

  it('says so where everything is settled', () => {
    const text = verdictInWords('frll', {
      ...verdict,
      settled: true,
      overOthers: verdict.overOthers.slice(1),
    });
    assert.match(text, /^On frll, xssab explains best/);
    assert.match(
      text,
      /better than every other method, and that is settled; the nearest, xface, lies 0\.050 .* behind\.$/,
    );
  });

  it('says so where nothing is shown', () => {
    const text = verdictInWords('frll', {
      ...verdict,
      overControl: { value: -0.02, low: -0.06, high: 0.02 },
      beatsControl: false,
    });
    assert.match(
      text,
      /^On frll, no method is shown to explain better than random pixels .* so that is not settled\.$/,
    );
  });

  it('takes above as better for deletion, and copes with one method and no spread', () => {
    const text = verdictInWords('frll', {
      ...verdict,
      curve: 'deletion',
      overControl: { value: 0.1, low: 0.05, high: 0.15 },
      overOthers: [],
      area: { value: 0.5, low: null, high: null },
      settled: true,
    });
    assert.match(text, /no interval: the resamples show no spread/);
    assert.match(text, /0\.100 \(95 % interval 0\.050 to 0\.150\) above that of random pixels/);
    assert.match(text, /only method/);
  });
});
