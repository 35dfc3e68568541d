import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { ProtocolPair } from '../../../../src/dataset/protocol/protocol.js';
import { Problem } from '../../../../src/problem.js';
import type { PatchRecipe } from '../../../../src/study/verification/patch/patch-recipe.js';
import { planPairs } from '../../../../src/study/verification/patch/plan-pairs.js';
import { planUpstreamPairs } from '../../../../src/study/verification/patch/plan-upstream-pairs.js';
import type { ScoredPair } from '../../../../src/study/verification/scored-pair.js';

const size = { width: 112, height: 112 };
const defaults = { patches: 27, patchSize: 16, patchSeed: 3 };

function scored(pair: Omit<ProtocolPair, 'line' | 'fold'>): ScoredPair {
  const { index, a, b } = pair;
  return {
    ...pair,
    name: String(index),
    faceA: `faces/${a}`,
    faceB: `faces/${b}`,
    fold: undefined,
    cosine: 0,
  };
}

/** Pairs of `persons` persons with two images each: every person with itself, and with the next one. */
function pairsOf(persons: number): ScoredPair[] {
  return Array.from({ length: 2 * persons }, (_, index) => {
    const [a, b] = [index >> 1, ((index >> 1) + (index % 2)) % persons];
    return scored({
      index,
      a: `${a}/1.png`,
      b: `${b}/2.png`,
      genuine: a === b,
      identityA: `p${a}`,
      identityB: `p${b}`,
    });
  });
}

describe('planPairs', () => {
  const pairs = pairsOf(6);
  const { planned } = planPairs(pairs, size, defaults);

  it('takes patches of impostor pairs from the second image, of genuine pairs from another person', () => {
    assert.equal(planned.length, pairs.length);
    for (const { pair, recipe, donor } of planned) {
      assert.equal(recipe.face, pair.faceA);
      assert.equal(recipe.donor, `faces/${donor}`);
      assert.equal(recipe.patches.length, 27);
      if (pair.genuine) assert.ok(!donor.startsWith(pair.a.split('/')[0]));
      else assert.equal(donor, pair.b);
    }
    assert.ok(new Set(planned.map(({ donor }) => donor)).size > 6);
  });

  it('plans a pair alike whatever the order of the others', () => {
    const turned = planPairs([...pairs].reverse(), size, defaults).planned;
    assert.deepEqual([...turned].reverse(), planned);
  });

  it('leaves out a genuine pair for which there is no other person, and says why', () => {
    const { planned: none, problems } = planPairs([pairs[0]], size, defaults);
    assert.equal(none.length, 0);
    assert.match(problems[0].message, /^0: no image shows another person than p0/);
  });

  it('refuses patches larger than the faces at once', () => {
    assert.throws(
      () => planPairs(pairs, { width: 20, height: 12 }, defaults),
      (error) => error instanceof Problem && error.message.startsWith('patch of 16x16: does not fit'),
    );
  });
});

interface Golden {
  readonly columns: readonly number[];
  readonly rows: readonly number[];
  readonly donor_index_in_candidate_list?: number;
}

describe('planUpstreamPairs', () => {
  const golden = JSON.parse(
    readFileSync(
      new URL('../../../../../test/fixtures/perturb/patch/coordinates.json', import.meta.url),
      'utf8',
    ),
  ) as { impostor_pairs: Golden[]; genuine_pairs: Golden[] };

  /** As many images as LFW's list of pairs has; the persons of genuine pairs have ten images. */
  const pairs = Array.from({ length: 6000 }, (_, index): ProtocolPair => {
    const genuine = index % 10 < 5;
    const identityA = genuine ? `g${Math.floor(index / 10)}` : `a${index}`;
    const image = (number: number) => `${String(number).padStart(5, '0')}.jpg`;
    return {
      index,
      line: index + 1,
      a: image(2 * index),
      b: image(2 * index + 1),
      genuine,
      identityA,
      identityB: genuine ? identityA : `b${index}`,
      fold: undefined,
    };
  });
  const faces = pairs.map(scored);
  const protocol = { pairs, dropped: [], format: 'numbered' } as const;
  const { planned, problems, notes } = planUpstreamPairs(protocol, faces, size, 3);

  it('has the places and donors of PatchLFW', () => {
    assert.equal(planned.length, pairs.length);
    assert.deepEqual([problems, notes], [[], []]);
    for (const [genuine, expected] of [
      [false, golden.impostor_pairs],
      [true, golden.genuine_pairs],
    ] as const) {
      const own = planned.filter(({ pair }) => pair.genuine === genuine);
      expected.forEach(({ columns, rows, donor_index_in_candidate_list: candidate }, at) => {
        const { recipe, donor } = own[at];
        assert.deepEqual(
          recipe.patches.map(({ x }) => x),
          columns,
        );
        assert.deepEqual(
          recipe.patches.map(({ y, height }) => y + height),
          rows,
        );
        // The ten images of the person come before all candidates.
        if (candidate !== undefined) assert.equal(Number.parseInt(donor, 10), candidate + 10);
      });
    }
  });

  it('takes a donor as it was patched before', () => {
    const nested = planned.filter(({ recipe }) => typeof recipe.donor !== 'string');
    assert.ok(nested.length > 300);
    const recipes = new Map(planned.map(({ pair, recipe }) => [pair.a, recipe]));
    for (const { recipe, donor } of nested) {
      assert.equal((recipe.donor as PatchRecipe).face, `faces/${donor}`);
      assert.equal(recipe.donor, recipes.get(donor));
    }
  });

  it('draws alike where a pair has no face, and names the pairs that need that face', () => {
    const gone = Number.parseInt(planned[0].donor, 10) >> 1;
    const fewer = planUpstreamPairs(
      protocol,
      faces.filter(({ index }) => index !== gone),
      size,
      3,
    );
    assert.ok(fewer.problems.some(({ message }) => message.startsWith('0: ')));
    const places = new Map(fewer.planned.map(({ pair, recipe }) => [pair.index, recipe.patches]));
    for (const { pair, recipe } of planned.slice(0, 500)) {
      if (places.has(pair.index)) assert.deepEqual(places.get(pair.index), recipe.patches);
    }
  });

  it('tells where the published rule takes patches of the same person', () => {
    // Names that sort in another order than the pairs: positions and names disagree.
    const renamed = pairs.map((pair) => ({
      ...pair,
      a: `${Number.parseInt(pair.a, 10)}.jpg`,
      b: `${Number.parseInt(pair.b, 10)}.jpg`,
    }));
    const few = renamed.slice(0, 60);
    const plans = planUpstreamPairs({ ...protocol, pairs: few }, few.map(scored), size, 3);
    assert.match(plans.notes.join(), /genuine pairs have patches of the same person/);
  });
});
