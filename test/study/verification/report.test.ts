import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import { Problem } from '../../../src/problem.js';
import { reportRuns } from '../../../src/study/report/report-runs.js';
import type { ReplaceOptions } from '../../../src/study/verification/replace/replace-options.js';
import { replace } from '../../../src/study/verification/replace/replace.js';
import { readAreasTable, readCurvesTable } from '../../../src/study/verification/replace/replace-tables.js';
import { explainPairs } from '../../../src/study/verification/explain/explain.js';
import { parseStudyMethods } from '../../../src/study/verification/methods/parse-study-methods.js';
import { plotStudies } from '../../../src/study/verification/plot/plot-studies.js';
import { threshold } from '../../../src/study/verification/threshold/threshold.js';
import { assertBalanced } from '../../report/balanced.js';
import { listenToNothing, Workspace } from '../heatmaps/workspace.js';
import { studyOptions, writeStudy } from './pair-study.js';

const space = new Workspace();
after(() => space.remove());
let rows: string[];

function replaceOptions(output: string, more: Partial<ReplaceOptions> = {}): ReplaceOptions {
  return {
    ...studyOptions(space, rows, output),
    methods: parseStudyMethods('xssab,occlusion:window=4:stride=2'),
    batchSize: 16,
    insertionDeletion: true,
    patches: 14,
    patchSize: 4,
    patchSeed: 3,
    ...more,
  };
}

const page = (output: string) => readFileSync(space.path(`${output}/report.html`), 'utf8');
const heading = (text: string) => new RegExp(`<h2>${text}</h2>`);

describe('the report of a verification study', () => {
  before(async () => {
    rows = await writeStudy(space, 8);
    await replace(replaceOptions('study'), listenToNothing);
  });

  it('holds all steps that are done, the answer of the last one first', () => {
    const text = page('study');
    assertBalanced(text);
    const sections = [...text.matchAll(/<h2>([^<]*)<\/h2>/g)].map(([, title]) => title);
    assert.deepEqual(sections, [
      'Key result',
      'Which method explains best',
      'Insertion and deletion',
      'Who finds the patches, and how fast',
      'What patches do to the decisions',
      'How well the model verifies',
      'Settings',
      'What was not processed',
      'Provenance',
      'How to read this report',
    ]);
    const [, first] = /<section class="answer"><h2>Key result<\/h2>\s*<p>([^<]*)<\/p>/.exec(text)!;
    assert.match(first, /^On study, (xssab|occlusion|no method) .*random pixels/);
    assert.match(first, /settled/);
    assert.match(text, /study shows 8 persons only\. Below some 30 the intervals are too narrow/);
    assert.match(first, /\(8 genuine and 16 impostor pairs of 8 persons, threshold 0\.\d+: EER\)/);
    assert.doesNotMatch(text, /NaN|undefined|\[object/);
    // Ids are unique, so titles and clip paths belong to their own plots.
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('gives the areas of the table with their intervals, and every two methods against each other', async () => {
    const text = page('study');
    const areas = await readAreasTable(space.path('study/replace/areas.csv'));
    const { area } = areas.find(
      (each) => each.curve === 'replacement' && each.rate === 'hter' && each.method === 'xssab',
    )!;
    const shown = [area.value, area.low!, area.high!].map((value) => value.toFixed(3));
    assert.ok(text.includes(`${shown[0]} (${shown[1]} to ${shown[2]})`));
    assert.match(text, /<td>xssab minus occlusion<\/td><td class="number">[^<]*settled<\/td>/);
  });

  it('draws the curves from the table, one line a method', async () => {
    const points = await readCurvesTable(space.path('study/replace/curves.csv'));
    const own = points.filter((point) => point.curve === 'replacement' && point.name === 'fnmr');
    const svg = readFileSync(space.path('study/replace/curves.svg'), 'utf8');
    assertBalanced(svg);
    for (const method of ['xssab', 'occlusion', 'random']) {
      const line = own.filter((point) => point.method === method);
      const name = method === 'random' ? 'random pixels' : method;
      const [first, last] = [line[0], line.at(-1)!].map(({ rate }) => Number((100 * rate).toPrecision(6)));
      assert.ok(svg.includes(`${name}: ${first} % at 0 %, ${last} % at 95 %`), name);
    }
    assert.match(svg, />tiny-embedder: FNMR of 8 patched genuine pairs</);
    for (const file of [
      'threshold/roc',
      'threshold/det',
      'threshold/scores',
      'patch/patched-scores',
      'replace/areas',
    ]) {
      const { format, width } = await sharp(space.path(`study/${file}.png`)).metadata();
      assert.equal(format, 'png');
      assert.ok(width > 1000);
      assert.ok(existsSync(space.path(`study/${file}.svg`)));
    }
  });

  it('is written anew after each step, and shows pairs where they were drawn', async () => {
    const options = {
      ...replaceOptions('study'),
      methods: parseStudyMethods('xssab'),
      maps: 'none',
      figures: 1,
      regions: false,
      alpha: 0.6,
      dpi: 40,
    } as const;
    const { lookAt } = await explainPairs(options, listenToNothing);
    assert.equal(lookAt, space.path('study/report.html'));
    assert.match(page('study'), heading('Pairs'));
    const captions = [...page('study').matchAll(/<figcaption>([^<]*), xssab<\/figcaption>/g)].map(
      ([, text]) => text,
    );
    assert.ok(captions.length >= 1 && captions.length <= 4);
    assert.match(page('study'), /<img src="data:image\/webp/);
  });

  it('can be made without photographs', async () => {
    const options = {
      ...replaceOptions('private'),
      methods: parseStudyMethods('xssab'),
      maps: 'none',
      figures: 1,
      regions: false,
      alpha: 0.6,
      dpi: 40,
      photos: false,
    } as const;
    await explainPairs(options, listenToNothing);
    assert.match(page('private'), /made without photographs/);
    assert.match(page('private'), heading('Pairs'));
  });

  it('compares several studies on one page', async () => {
    await replace(replaceOptions('second', { patchSeed: 4, insertionDeletion: false }), listenToNothing);
    const file = space.path('both.html');
    await reportRuns([space.path('study'), space.path('second')], file);
    const text = readFileSync(file, 'utf8');
    assertBalanced(text);
    assert.match(text, heading('Side by side'));
    for (const name of ['study', 'second']) {
      assert.match(text, new RegExp(`<td>${name}</td><td class="number">24</td>`));
      assert.match(text, heading(`tiny-embedder on ${name}: Which method explains best`));
    }
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('reports a list of one class: no curves of the other, and no plots that need both', async () => {
    const genuine = rows.filter((row) => row.endsWith(',1'));
    const options = {
      ...replaceOptions('genuine'),
      ...studyOptions(space, genuine, 'genuine'),
      at: { kind: 'given', threshold: 0.5 },
    } as const;
    await threshold(options, listenToNothing);
    assert.match(page('genuine'), /8 genuine, 0 impostor/);
    assert.doesNotMatch(page('genuine'), /NaN|undefined/);
    await assert.rejects(plotStudies([space.path('nothing')]), Problem);
    assert.deepEqual(await plotStudies([space.path('genuine')]), []);
  });
});

describe('plotStudies', () => {
  it('draws the same plots again beside the tables', async () => {
    const before = readFileSync(space.path('study/replace/curves.svg'), 'utf8');
    const files = await plotStudies([space.path('study')]);
    assert.deepEqual(
      files.map((file) => file.slice(space.path('study/').length)),
      [
        'threshold/roc.svg',
        'threshold/det.svg',
        'threshold/scores.svg',
        'patch/patched-scores.svg',
        'replace/curves.svg',
        'replace/insertion-deletion.svg',
        'replace/areas.svg',
      ],
    );
    assert.equal(readFileSync(space.path('study/replace/curves.svg'), 'utf8'), before);
  });

  it('puts several studies into one drawing, in a folder of its own', async () => {
    const studies = ['study', 'second'].map((name) => space.path(name));
    await assert.rejects(plotStudies(studies), /--output/);
    const files = await plotStudies(studies, { formats: ['svg', 'png'], output: space.path('plots') });
    assert.equal(files.length, 14);
    const roc = readFileSync(space.path('plots/roc.svg'), 'utf8');
    for (const name of ['study', 'second']) assert.match(roc, new RegExp(`<text [^>]*>${name}</text>`));
    const curves = readFileSync(space.path('plots/curves.svg'), 'utf8');
    assert.match(curves, />study: FNMR/);
    assert.match(curves, />second: FMR/);
  });
});
