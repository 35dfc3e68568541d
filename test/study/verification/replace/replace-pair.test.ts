import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { mapsOfSigned } from '../../../../src/explain/pair-explanation.js';
import type { Model } from '../../../../src/model/model.js';
import type { EvidenceMapper } from '../../../../src/study/verification/methods/evidence-mapper.js';
import { type CurveAreas, curveAreas } from '../../../../src/study/verification/replace/curve-areas.js';
import { type ReplacedPair, replacePair } from '../../../../src/study/verification/replace/replace-pair.js';
import { readStudyCurves } from '../../../../src/study/verification/replace/study-curves.js';
import { verdict } from '../../../../src/study/verification/replace/verdict.js';
import type { ScoredPair } from '../../../../src/study/verification/scored-pair.js';
import { cosineSimilarity } from '../../../../src/tensor/cosine-similarity.js';
import { RandomState } from '../../../../src/tensor/random.js';
import type { Tensor } from '../../../../src/tensor/tensor.js';
import { cardOf, linearNetwork, side, size } from '../../../explain/small-networks.js';
import { Workspace } from '../../heatmaps/workspace.js';

const space = new Workspace();
const outputs = 12;
const pixels = side * side;
const threshold = 0.6;
const persons = 100;
const random = new RandomState(21);
const weights = Float32Array.from({ length: outputs * size }, () => random.normal());
const embed = (image: ArrayLike<number>) =>
  Float64Array.from({ length: outputs }, (_, row) => {
    let sum = 0;
    for (let at = 0; at < size; at++) sum += weights[row * size + at] * image[at];
    return sum;
  });
const tensor = (data: Float32Array): Tensor => ({ data, shape: [1, 3, side, side] });
const own = Array.from({ length: persons }, () =>
  Float32Array.from({ length: size }, () => random.uniform(-1, 1)),
);
const photo = (person: number) => own[person].map((value) => value + random.uniform(-0.4, 0.4));

/** Two squares of 4 x 4, from the second image of impostor pairs and from another person in genuine ones. */
const pairs = Array.from({ length: 2 * persons }, (_, index) => {
  const person = index >> 1;
  const genuine = index % 2 === 0;
  const next = (person + 1) % persons;
  const [original, reference] = [photo(person), photo(genuine ? person : next)];
  const donor = genuine ? photo((person + 7) % persons) : reference;
  const patches = [0, 1].map(() => ({
    x: random.integer(0, side - 3),
    y: random.integer(0, side - 3),
    width: 4,
    height: 4,
  }));
  const patched = original.map((value, at) => {
    const [x, y] = [at % side, Math.floor((at % pixels) / side)];
    const inside = patches.some((box) => x >= box.x && x < box.x + 4 && y >= box.y && y < box.y + 4);
    return inside ? donor[at] : value;
  });
  return { index, genuine, person, other: genuine ? person : next, original, patched, reference, patches };
});

/** How far the cosine rises when one pixel of the patched image is put back: closed form of the linear network. */
function gains({ original, patched, reference }: (typeof pairs)[number]): Float32Array {
  const target = embed(reference);
  const before = embed(patched);
  return Float32Array.from({ length: pixels }, (_, pixel) => {
    const mended = before.slice();
    for (let row = 0; row < outputs; row++) {
      for (let at = pixel; at < size; at += pixels)
        mended[row] += weights[row * size + at] * (original[at] - patched[at]);
    }
    return cosineSimilarity(mended, target) - cosineSimilarity(before, target);
  });
}

let model: Model;
let results: ReplacedPair[];
let areas: CurveAreas;

async function work(index: number, batchSize: number): Promise<ReplacedPair> {
  const pair = pairs[index];
  const gain = gains(pair);
  // The pixels that help most come first: the lowest of a non-match, which should rise, the highest of a match.
  const maps: Record<string, EvidenceMapper> = {
    ideal: () =>
      Promise.resolve(
        mapsOfSigned(
          gain.map((value) => -value),
          side,
          side,
        ),
      ),
    inverse: () => Promise.resolve(mapsOfSigned(gain, side, side)),
    constant: () => Promise.resolve(mapsOfSigned(new Float32Array(pixels).fill(0.25), side, side)),
  };
  return replacePair(
    model,
    Object.entries(maps).map(([name, map]) => ({ name, map })),
    {
      ...pair,
      original: tensor(pair.original),
      patched: tensor(pair.patched),
      reference: tensor(pair.reference),
      emptied: tensor(pair.original.map(() => 0.01)),
    },
    { threshold, seed: 0, batchSize, compat: undefined },
  );
}

before(async () => {
  model = await linearNetwork(weights, cardOf({ kind: 'embedding', normalised: false }));
  results = [];
  for (const { index } of pairs) results.push(await work(index, 16));
  const lines = results.map((result, at) => JSON.stringify({ item: `pair ${at}`, result }));
  space.write('replace/results.jsonl', `${[...lines].reverse().join('\n')}\n`);
  const scored = pairs.map(({ index, genuine, person, other }): ScoredPair => ({
    index,
    name: `pair ${index}`,
    a: '',
    b: '',
    faceA: '',
    faceB: '',
    genuine,
    identityA: `${person}`,
    identityB: `${other}`,
    fold: undefined,
    cosine: 0,
  }));
  const methods = ['ideal', 'inverse', 'constant'];
  const study = await readStudyCurves(space.path('replace'), scored, {
    methods,
    threshold,
    compat: undefined,
  });
  assert.equal(study.results.length, pairs.length);
  areas = curveAreas(study.curves, study.identities, 0);
});
after(async () => {
  space.remove();
  await model.close();
});

describe('replacePair', () => {
  const areaOf = (method: string, rate = 'hter', curve = 'replacement') =>
    areas.areas.find((each) => each.curve === curve && each.method === method && each.rate === rate)!;

  it('finds patches that do harm', () => {
    const wrong = results.filter(({ patched }, at) => patched >= threshold !== pairs[at].genuine);
    assert.ok(wrong.length > pairs.length / 3, `${wrong.length} of ${pairs.length} are decided wrongly`);
  });

  it('lets the ideal map win and its inverse lose against random pixels, beyond the intervals', () => {
    const ideal = areaOf('ideal').difference!;
    const inverse = areaOf('inverse').difference!;
    assert.ok(ideal.value < 0 && ideal.high! < 0, JSON.stringify(ideal));
    assert.ok(inverse.value > 0 && inverse.low! > 0, JSON.stringify(inverse));
    const { best, beatsControl, settled, overOthers } = verdict('replacement', areas)!;
    assert.deepEqual([best, beatsControl, settled], ['ideal', true, true]);
    assert.deepEqual(
      overOthers.map(({ method }) => method),
      ['constant', 'inverse'],
    );
  });

  it('gives a constant map the very values of the random control', () => {
    for (const { cosines } of results) assert.deepEqual(cosines.constant, cosines.random);
    const { difference } = areaOf('constant');
    assert.deepEqual(difference, { value: 0, low: null, high: null });
  });

  it('begins every replacement at the patched pair and ends insertion at the pair as it is', () => {
    for (const [at, result] of results.entries()) {
      const { original, patched, reference } = pairs[at];
      const cosine = (image: Float32Array) => cosineSimilarity(embed(image), embed(reference));
      assert.ok(Math.abs(result.patched - cosine(patched)) < 1e-5);
      assert.ok(Math.abs(result.original - cosine(original)) < 1e-5);
      assert.equal(result.cosines.random.replacement!.length, 19);
      assert.equal(result.cosines.random.insertion!.length, 9);
    }
  });

  it('has the cosine of the pixels that the order names', () => {
    const at = pairs.findIndex((_, index) => results[index].patched < threshold);
    const { original, patched, reference } = pairs[at];
    const lowest = [...gains(pairs[at])].map((gain, pixel) => [gain, pixel]).sort((a, b) => b[0] - a[0]);
    const first = new Set(lowest.slice(0, pixels / 2).map(([, pixel]) => pixel));
    const mended = patched.map((value, place) => (first.has(place % pixels) ? original[place] : value));
    const expected = cosineSimilarity(embed(mended), embed(reference));
    assert.ok(Math.abs(results[at].cosines.ideal.replacement![9] - expected) < 1e-5);
  });

  it('does not depend on the batch size', async () => {
    for (const batchSize of [1, 3, 100]) {
      const { cosines, localisation } = await work(5, batchSize);
      for (const [method, curves] of Object.entries(results[5].cosines)) {
        for (const [kind, expected] of Object.entries(curves)) {
          const actual = cosines[method][kind as keyof typeof curves]!;
          expected.forEach((value, level) => assert.ok(Math.abs(actual[level] - value) < 1e-6));
        }
      }
      assert.deepEqual(localisation, results[5].localisation);
    }
  });

  it('compares every two methods once', () => {
    const own = areas.comparisons.filter(({ curve, rate }) => curve === 'replacement' && rate === 'hter');
    assert.deepEqual(
      own.map(({ method, other }) => `${method} ${other}`),
      ['ideal inverse', 'ideal constant', 'inverse constant'],
    );
    for (const { method, other, difference } of own) {
      const expected = areaOf(method).area.value - areaOf(other).area.value;
      assert.ok(Math.abs(difference.value - expected) < 1e-12);
      assert.ok(difference.low! <= expected && expected <= difference.high!);
    }
  });
});
