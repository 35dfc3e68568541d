import assert from 'node:assert/strict';
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { decodeImage } from '../../../../src/dataset/decode-image.js';
import type { RunRecord } from '../../../../src/jobs/run/run-record.js';
import { Problem } from '../../../../src/problem.js';
import { parseStudyMethods } from '../../../../src/study/verification/methods/parse-study-methods.js';
import type { PatchedFace } from '../../../../src/study/verification/patch/patch.task.js';
import { patch } from '../../../../src/study/verification/patch/patch.js';
import { patchRates } from '../../../../src/study/verification/patch/patch-rates.js';
import { readPatchedScores, readRatesTable } from '../../../../src/study/verification/patch/patch-tables.js';
import { readPatchedPairs } from '../../../../src/study/verification/patch/patched-pairs.js';
import { control } from '../../../../src/study/verification/replace/curve-kinds.js';
import { replace } from '../../../../src/study/verification/replace/replace.js';
import type { ReplaceOptions } from '../../../../src/study/verification/replace/replace-options.js';
import type { ReplacedPair } from '../../../../src/study/verification/replace/replace-pair.js';
import {
  readAreasTable,
  readComparisonsTable,
  readCurvesTable,
  readLocalisationTable,
} from '../../../../src/study/verification/replace/replace-tables.js';
import { readThreshold } from '../../../../src/study/verification/threshold/threshold-result.js';
import { listenToNothing, Workspace } from '../../heatmaps/workspace.js';
import { embedderCard, height, studyOptions, width, writeStudy } from '../pair-study.js';

const space = new Workspace();
let rows: string[];
before(async () => {
  rows = await writeStudy(space, 8);
  // A black image, where some methods begin, has no direction unless a mean is taken off.
  const card = { ...embedderCard, input: { ...embedderCard.input, mean: [60] } };
  space.write('mean.card.json', JSON.stringify(card));
});
after(() => space.remove());

const options = (output: string, own: Partial<ReplaceOptions> = {}): ReplaceOptions => ({
  ...studyOptions(space, rows, output),
  // One list, so that a study can go on from the steps of another.
  pairs: space.path('photos/plain.csv'),
  card: space.path('mean.card.json'),
  patches: 8,
  patchSize: 6,
  patchSeed: 3,
  methods: parseStudyMethods(
    'xssab,fggb,corrrise:masks=30:patch-size=5,xface:patch-sizes=5+8:stride=4,' +
      'occlusion:window=6:stride=3,input-x-gradient,integrated-gradients:steps=8',
  ),
  batchSize: 16,
  insertionDeletion: true,
  fill: 'mean',
  ...own,
});

const tables = ['areas.csv', 'comparisons.csv', 'curves.csv', 'localisation.csv'];
const tablesOf = (output: string) =>
  tables.map((name) => readFileSync(space.path(`${output}/replace/${name}`), 'utf8'));
const journal = <Result>(path: string) =>
  new Map(
    readFileSync(space.path(path), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { item: string; result: Result })
      .map(({ item, result }) => [item, result]),
  );

/** Begins a study with steps that the study `plain` has done, since each step starts threads. */
function beginLikePlain(output: string, ...steps: ('threshold' | 'patch')[]): void {
  for (const step of steps) {
    cpSync(space.path(`plain/${step}`), space.path(`${output}/${step}`), { recursive: true });
  }
}

describe('the replace step', () => {
  before(() => replace(options('plain'), listenToNothing));

  it('patches the first image of each pair where it says, from the donor that it names', async () => {
    const { pairs } = await readThreshold(space.path('plain'));
    const patched = await readPatchedPairs(space.path('plain'), pairs);
    assert.equal(patched.length, rows.length);
    const faces = new Map(pairs.flatMap(({ a, b, faceA, faceB }) => [[a, faceA] as const, [b, faceB]]));
    for (const { pair, patched: face } of patched) {
      const [made, original, donor] = await Promise.all(
        [space.path(`plain/patch/${face.image}`), pair.faceA, faces.get(face.donor)!].map(
          async (file) => (await decodeImage(file)).image.data,
        ),
      );
      const inside = (at: number) => {
        const [x, y] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width)];
        return face.patches.some((box) => x >= box.x && x < box.x + 6 && y >= box.y && y < box.y + 6);
      };
      made.forEach((value, at) => assert.equal(value, inside(at) ? donor[at] : original[at]));
    }
  });

  it('counts the errors before and after patching', async () => {
    const scores = await readPatchedScores(space.path('plain/patch/scores.csv'));
    const { threshold } = await readThreshold(space.path('plain'));
    const rates = await readRatesTable(space.path('plain/patch/rates.csv'));
    for (const rate of ['fmr', 'fnmr'] as const) {
      const own = scores.filter(({ genuine }) => genuine === (rate === 'fnmr'));
      for (const images of ['original', 'patched'] as const) {
        const errors = own.filter(({ cosine, cosineOriginal, genuine }) => {
          const score = images === 'patched' ? cosine : cosineOriginal;
          return score >= threshold !== genuine;
        }).length;
        const row = rates.find((each) => each.rate === rate && each.images === images)!;
        assert.deepEqual([row.errors, row.trials, row.value], [errors, own.length, errors / own.length]);
        assert.ok(row.low! <= row.value && row.value <= row.high!);
      }
    }
    assert.ok(rates.find(({ rate, images }) => rate === 'fnmr' && images === 'change')!.value > 0);
  });

  it('has one curve a method and the control, and what the tables say is in the record', async () => {
    const methods = options('plain').methods.map(({ name }) => name);
    const curves = await readCurvesTable(space.path('plain/replace/curves.csv'));
    const areas = await readAreasTable(space.path('plain/replace/areas.csv'));
    const comparisons = await readComparisonsTable(space.path('plain/replace/comparisons.csv'));
    const localisation = await readLocalisationTable(space.path('plain/replace/localisation.csv'));
    for (const [kind, levels] of [
      ['replacement', 20],
      ['insertion', 10],
      ['deletion', 10],
    ] as const) {
      for (const method of [control, ...methods]) {
        const own = curves.filter((each) => each.curve === kind && each.method === method);
        assert.equal(own.length, 3 * levels);
        for (const { rate, errors, trials, low, high } of own) {
          assert.equal(rate, errors / trials);
          assert.ok(low <= rate && rate <= high);
        }
        const { area } = areas.find(
          (each) => each.curve === kind && each.method === method && each.rate === 'fnmr',
        )!;
        const rates = own.filter(({ name }) => name === 'fnmr').map(({ rate }) => rate);
        const mean = rates.slice(1).reduce((sum, rate, at) => sum + (rate + rates[at]) / 2, 0) / (levels - 1);
        assert.ok(Math.abs(area.value - mean) < 1e-9);
      }
    }
    const { results } = space.json('plain/replace/run.json') as RunRecord;
    assert.deepEqual(JSON.parse(JSON.stringify(areas)), results.areas);
    assert.deepEqual(JSON.parse(JSON.stringify(comparisons)), results.comparisons);
    assert.deepEqual(JSON.parse(JSON.stringify(localisation)), results.localisation);
    assert.deepEqual(
      (results.verdicts as { curve: string }[]).map(({ curve }) => curve),
      ['replacement', 'insertion', 'deletion'],
    );
  });

  it('starts all methods of a pair from the same patched image', () => {
    const patched = journal<PatchedFace>('plain/patch/results.jsonl');
    for (const [name, result] of journal<ReplacedPair>('plain/replace/results.jsonl'))
      assert.ok(Math.abs(result.patched - patched.get(name)!.cosine) < 1e-6);
  });

  it('does not depend on the batch size, the number of workers, or on being stopped and going on', async () => {
    const stop = new AbortController();
    let done = 0;
    const own = options('parts', { workers: 2, batchSize: 3 });
    await replace(own, {
      signal: stop.signal,
      listen: (event) => {
        if (event.type === 'started' && event.title === 'replace') done = 0;
        if (event.type === 'done' && ++done === 9 && existsSync(space.path('parts/replace'))) stop.abort();
      },
    });
    assert.equal((space.json('parts/replace/run.json') as RunRecord).status, 'stopped');
    const { record } = await replace(own, listenToNothing);
    assert.deepEqual([record.status, record.counts.done], ['done', rows.length]);
    assert.deepEqual(tablesOf('parts'), tablesOf('plain'));
  });

  it('leaves insertion and deletion out where they are not wanted', async () => {
    const methods = parseStudyMethods('input-x-gradient');
    beginLikePlain('short', 'threshold', 'patch');
    await replace(options('short', { methods, insertionDeletion: false }), listenToNothing);
    const areas = await readAreasTable(space.path('short/replace/areas.csv'));
    assert.deepEqual([...new Set(areas.map(({ curve }) => curve))], ['replacement']);
    const all = await readAreasTable(space.path('plain/replace/areas.csv'));
    for (const { method, rate, area } of areas) {
      const same = all.find(
        (each) => each.curve === 'replacement' && each.method === method && each.rate === rate,
      );
      assert.deepEqual(area, same!.area);
    }
  });

  it('goes on without a pair whose face cannot be read, and says why', async () => {
    const methods = parseStudyMethods('input-x-gradient');
    const own = options('lost', { methods, insertionDeletion: false });
    beginLikePlain('lost', 'threshold', 'patch');
    const { pairs } = await readThreshold(space.path('lost'));
    rmSync(pairs[3].faceA);
    const { record } = await replace(own, listenToNothing);
    const lost = pairs.filter(({ a, b }) => [a, b].includes(pairs[3].a));
    assert.deepEqual(record.skipped.map(({ item }) => item).sort(), lost.map(({ name }) => name).sort());
    assert.ok(record.skipped[0].reason.includes(pairs[3].faceA));
    assert.equal(record.counts.done, rows.length - lost.length);
    const [{ trials }] = await readCurvesTable(space.path('lost/replace/curves.csv'));
    assert.ok(trials > 0 && trials < rows.length);
  });

  for (const [name, own, reason] of [
    ['patches larger than the faces', { patchSize: height + 1 }, /does not fit into an image of 20x16/],
    ['other patches than upstream', { compat: 'upstream' }, /pastes 27 patches of 16 pixels, not 8 of 6/],
    [
      'faces that upstream has no rule for',
      { compat: 'upstream', patches: 27, patchSize: 16 },
      /does not fit|for square images/,
    ],
    [
      'squares larger than the faces',
      { methods: parseStudyMethods('xface:patch-sizes=30:stride=5') },
      /xface.*30.*20x16/,
    ],
    [
      'steps larger than the squares',
      { methods: parseStudyMethods('occlusion:window=4:stride=5') },
      /occlusion.*stride/,
    ],
  ] as const) {
    it(`refuses ${name}`, async () => {
      beginLikePlain(`refused ${name}`, 'threshold');
      await assert.rejects(
        replace(options(`refused ${name}`, own), listenToNothing),
        (error) => error instanceof Problem && reason.test(error.message),
      );
    });
  }
});

describe('the patch step', () => {
  it('writes JPEG and scores what is in the file', async () => {
    beginLikePlain('jpeg', 'threshold');
    await patch(options('jpeg', { jpeg: 60 }), listenToNothing);
    const faces = journal<PatchedFace>('jpeg/patch/results.jsonl');
    const lossless = journal<PatchedFace>('plain/patch/results.jsonl');
    let differ = 0;
    for (const [name, { image, cosine, patches }] of faces) {
      assert.equal(image, `images/${name}.jpg`);
      assert.deepEqual([...readFileSync(space.path(`jpeg/patch/${image}`)).subarray(0, 2)], [0xff, 0xd8]);
      assert.deepEqual(patches, lossless.get(name)!.patches);
      if (Math.abs(cosine - lossless.get(name)!.cosine) > 1e-3) differ++;
    }
    assert.ok(differ > faces.size / 2);
  });

  it('has no interval over persons where there is only one, and no rate of a class that is missing', () => {
    const pair = {
      index: 0,
      name: '',
      a: '',
      b: '',
      faceA: '',
      faceB: '',
      genuine: true,
      identityA: 'x',
      identityB: 'x',
      fold: undefined,
      cosine: 0.9,
    };
    const patched = { image: '', donor: '', patches: [], cosine: 0.1 };
    const rates = patchRates([{ pair, patched }], 0.5, 0);
    assert.equal(rates.length, 1);
    assert.deepEqual(
      [rates[0].rate, rates[0].patched.rate, rates[0].patched.interval, rates[0].change.low],
      ['fnmr', 1, 'exact', null],
    );
  });
});
