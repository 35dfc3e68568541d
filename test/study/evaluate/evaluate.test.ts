import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { evaluate, type EvaluateOptions } from '../../../src/study/evaluate/evaluate.js';
import type { MeasureRow } from '../../../src/study/evaluate/measure-row.js';
import type { SystemEvaluation } from '../../../src/study/evaluate/system-evaluation.js';
import { parseThresholdRule } from '../../../src/study/evaluate/threshold-rule.js';
import { readGolden, readTable } from '../../measure/read-table.js';
import { Workspace } from '../heatmaps/workspace.js';
import { card, height, tinyPad, width } from '../tiny-pad.js';

const space = new Workspace();
after(() => space.remove());

type Asked = Partial<EvaluateOptions> & Pick<EvaluateOptions, 'scores' | 'task'>;
let runs = 0;

async function run(asked: Asked) {
  const output = asked.output ?? space.path(`out-${++runs}`);
  const options: EvaluateOptions = {
    development: [],
    threshold: { kind: 'eer' },
    scoreIs: 'bona-fide',
    positive: 'bona-fide',
    groupBy: [],
    seed: 0,
    ...asked,
    output,
  };
  const outcome = await evaluate(options, { signal: new AbortController().signal, listen: () => undefined });
  const { systems } = JSON.parse(readFileSync(`${output}/evaluation.json`, 'utf8')) as {
    systems: SystemEvaluation[];
  };
  return { output, systems, record: outcome.record };
}

/** A file in the workspace with these lines. */
function file(name: string, lines: readonly string[]): { name: undefined; file: string } {
  space.write(name, `${lines.join('\n')}\n`);
  return { name: undefined, file: space.path(name) };
}

function rowOf({ rows }: SystemEvaluation, measure: string, of = ''): MeasureRow {
  const found = rows.find((row) => row.measure === measure && row.of === of);
  assert.ok(found !== undefined, `${measure} ${of}`);
  return found;
}

const near = (actual: number | null, expected: number) =>
  assert.ok(actual !== null && Math.abs(actual - expected) <= 1e-9, `${actual} is not ${expected}`);

interface GoldenErrors {
  readonly threshold: number;
  readonly apcer_print: number;
  readonly apcer_replay: number;
  readonly apcer_ap: number;
  readonly bpcer: number;
  readonly acer: number;
}
const { criteria } = readGolden('pad/pad.json') as { criteria: Record<string, GoldenErrors> };
const padRows = readTable('pad/pad_scores.csv').map((row, at) => ({ ...row, image: `i${at}` })) as {
  image: string;
  score: string;
  is_bonafide: string;
  attack_type: string;
}[];
const bob = file('bob.csv', [
  'claimed_id,test_label,is_bonafide,attack_type,score',
  ...padRows.map(
    ({ image, score, is_bonafide, attack_type }, at) =>
      `c${at % 50},${image},${is_bonafide},${attack_type},${score}`,
  ),
]);

describe('evaluate --task pad', () => {
  it("gives bob's numbers for bob's file, with intervals over its persons", async () => {
    const { systems, output } = await run({
      task: 'pad',
      scores: [bob],
      threshold: parseThresholdRule('apcer=0.1'),
    });
    const [system] = systems;
    const expected = criteria.bpcer10;
    assert.deepEqual(system.counts, { 'bona fide': 200, print: 150, replay: 80 });
    assert.equal(system.persons, 50);
    near(system.threshold!.value, expected.threshold);
    near(rowOf(system, 'APCER', 'print').value, expected.apcer_print);
    near(rowOf(system, 'APCER', 'replay').value, expected.apcer_replay);
    near(rowOf(system, 'APCER of the worst species').value, expected.apcer_ap);
    near(rowOf(system, 'BPCER').value, expected.bpcer);
    near(rowOf(system, 'ACER').value, expected.acer);
    near(rowOf(system, 'BPCER10').value, expected.bpcer);
    near(rowOf(system, 'BPCER20').value, criteria.bpcer20.bpcer);
    assert.equal(rowOf(system, 'BPCER').interval, 'persons');
    assert.match(rowOf(system, 'BPCER100').remark!, /needs at least 300 print scores/);
    assert.equal(rowOf(system, 'TPR at FPR 0.1 %').value, null);
    for (const name of ['report.html', 'measures.csv', 'plots/det.png', 'bob/curve.csv', 'bob/histogram.csv'])
      assert.ok(existsSync(`${output}/${name}`), name);
    const decisions = readFileSync(`${output}/bob/decisions.csv`, 'utf8').trim().split('\n');
    assert.equal(decisions.length, 431);
    const wrong = decisions.filter((line) => line.endsWith(',no')).length;
    near(wrong / 430, 1 - rowOf(system, 'accuracy').value!);
  });

  it('is the mirror image where a high score says attack', async () => {
    const turned = file('turned.csv', [
      'test_label,is_bonafide,attack_type,score',
      ...padRows.map((row) => `${row.image},${row.is_bonafide},${row.attack_type},${-Number(row.score)}`),
    ]);
    const scores = [{ ...turned, name: 'bob' }];
    const plain = file('plain.csv', [
      'test_label,is_bonafide,attack_type,score',
      ...padRows.map((row) => `${row.image},${row.is_bonafide},${row.attack_type},${row.score}`),
    ]);
    const right = await run({
      task: 'pad',
      scores: [{ ...plain, name: 'bob' }],
      threshold: parseThresholdRule('0.6'),
    });
    const left = await run({ task: 'pad', scores, threshold: parseThresholdRule('-0.6'), scoreIs: 'attack' });
    const unturned = left.systems[0].rows.map((row) => ({
      ...row,
      threshold: row.threshold === null ? null : -row.threshold,
    }));
    assert.deepEqual(unturned, right.systems[0].rows);
  });

  it('stands systems side by side, the same for any number of workers, and keeps to the settings of a run', async () => {
    const better = file('better.csv', [
      'path,score,label',
      ...padRows.map(({ image, score, is_bonafide, attack_type }) => {
        const bonaFide = is_bonafide === 'True';
        return `${image},${Number(score) + (bonaFide ? 1 : 0)},${bonaFide ? 'live' : attack_type}`;
      }),
    ]);
    const scores = [
      { ...bob, name: 'before' },
      { ...better, name: 'after' },
    ];
    const one = await run({ task: 'pad', scores, workers: 1 });
    const two = await run({ task: 'pad', scores, workers: 2 });
    assert.deepEqual(two.systems, one.systems);
    assert.deepEqual(
      one.systems.map(({ name }) => name),
      ['before', 'after'],
    );
    const eer = rowOf(one.systems[1], 'D-EER');
    assert.deepEqual([eer.value, eer.low, eer.remark], [0, null, 'too few errors for an interval']);
    const replay = rowOf(one.systems[0], 'D-EER', 'replay');
    assert.ok(replay.low! < replay.value! && replay.high! > replay.value!);
    const html = readFileSync(`${one.output}/report.html`, 'utf8');
    assert.ok(html.includes('Side by side') && html.includes('BPCER20'));

    const table = readFileSync(`${one.output}/differences.csv`, 'utf8');
    assert.equal(readFileSync(`${two.output}/differences.csv`, 'utf8'), table);
    const [, ...differences] = table.trim().split('\n');
    // Each at its own threshold; no error is left in the second, so all of the first are mended.
    for (const row of differences) {
      const [, , , , trials, before, after, fresh, mended, difference] = row.split(',');
      assert.deepEqual([after, fresh, mended], ['0', '0', before]);
      near(Number(difference), -Number(before) / Number(trials));
    }
    assert.equal(differences.length, 4);
    assert.match(html, /Differences to before/);
    assert.match(html, /after less before, on the same images: APCER of all attacks −/);
    await assert.rejects(run({ task: 'pad', scores, output: one.output, seed: 1 }), /another seed/);
  });

  it('chooses the threshold on other scores where it is told to', async () => {
    const development = file('development.csv', [
      'path,score,label',
      ...Array.from({ length: 100 }, (_, at) => `b${at},${1 + at},live`),
      ...Array.from({ length: 100 }, (_, at) => `a${at},${-at},print`),
    ]);
    const { systems } = await run({
      task: 'pad',
      scores: [bob],
      development: [development],
      threshold: parseThresholdRule('bpcer=0.05'),
    });
    assert.deepEqual(systems[0].threshold, { value: 6, rule: 'BPCER 0.05', chosenOn: development.file });
    assert.equal(rowOf(systems[0], 'BPCER').value, 1);
  });

  it('reads labels from folders, and what has none is in no number but in the report', async () => {
    const scores = file('folders.csv', [
      'live/a.png,0.9',
      'live/b.png,0.2',
      'spoof/print/c.png,0.1',
      'spoof/phone/d.png,0.8',
      'elsewhere/e.png,0.5',
    ]);
    const { systems, record } = await run({
      task: 'pad',
      scores: [scores],
      species: { kind: 'folder' },
      threshold: { kind: 'given', threshold: 0.5 },
    });
    assert.deepEqual(systems[0].counts, { 'bona fide': 2, phone: 1, print: 1 });
    assert.deepEqual(
      [rowOf(systems[0], 'APCER', 'phone').value, rowOf(systems[0], 'APCER', 'print').value],
      [1, 0],
    );
    assert.equal(rowOf(systems[0], 'BPCER').value, 0.5);
    assert.match(record.skipped[0].reason, /has no label/);
    assert.equal(record.skipped[0].item, 'elsewhere/e.png');
  });

  it('compares groups of people', async () => {
    const lines = padRows.map(({ image, score, is_bonafide, attack_type }, at) =>
      [image, score, is_bonafide, attack_type, at % 2 === 0 ? 'female' : 'male'].join(),
    );
    const { systems } = await run({
      task: 'pad',
      scores: [file('groups.csv', ['path,score,is_bonafide,attack_type,gender', ...lines])],
      groupBy: ['gender'],
    });
    const rates = ['female', 'male'].map((group) =>
      rowOf(systems[0], 'true positive rate', `gender ${group}, bona fide`),
    );
    assert.equal(rates[0].trials! + rates[1].trials!, 200);
    near(
      rowOf(systems[0], 'equal opportunity, difference', 'gender, bona fide').value,
      Math.abs(rates[0].value! - rates[1].value!),
    );
    near((rates[0].errors! + rates[1].errors!) / 200, 1 - rowOf(systems[0], 'BPCER').value!);
  });

  it('scores a folder with a model, and counts what gave no score as non-responses', async () => {
    space.write('pad.onnx', tinyPad());
    space.write('pad.card.json', JSON.stringify(card));
    for (const [at, name] of ['live/a.png', 'live/b.png', 'spoof/c.png', 'spoof/d.png'].entries())
      await space.image(`faces/${name}`, width, height, at + 1);
    space.write('faces/spoof/broken.png', 'not an image');
    const { systems, record } = await run({
      task: 'pad',
      scores: [],
      threshold: { kind: 'given', threshold: 0.5 },
      model: {
        inputPath: space.path('faces'),
        model: space.path('pad.onnx'),
        aligned: true,
        detector: 'mtcnn',
        select: 'largest',
      },
    });
    assert.equal(systems[0].name, 'tiny-pad');
    assert.deepEqual(systems[0].counts, { 'bona fide': 2, attack: 2 });
    const apnrr = rowOf(systems[0], 'APNRR');
    assert.deepEqual([apnrr.errors, apnrr.trials], [1, 3]);
    assert.equal(rowOf(systems[0], 'BPNRR').errors, 0);
    assert.equal(record.status, 'done');
  });

  it('refuses what it cannot know', async () => {
    const refused = async (name: string, lines: string[], message: RegExp, more: Partial<Asked> = {}) =>
      assert.rejects(run({ task: 'pad', scores: [file(name, lines)], ...more }), message);
    await refused(
      'numbers.csv',
      ['a,0.1,0', 'b,0.9,1'],
      /none of its labels is known to mean bona fide; they are: 0, 1/,
    );
    await refused('live.csv', ['a,0.1,live', 'b,0.9,live'], /attack scores: there are none/);
    await refused('unlabelled.csv', ['a,0.1', 'b,0.9'], /bona fide scores: there are none/);
    await refused(
      'few.csv',
      ['a,0.1,live', 'b,0.9,print'],
      /BPCER 0.05: needs at least 60 bona fide scores/,
      {
        threshold: parseThresholdRule('bpcer=0.05'),
      },
    );
    await refused('fmr.csv', ['a,0.1,live', 'b,0.9,print'], /FMR 0.1: is of verification/, {
      threshold: parseThresholdRule('fmr=0.1'),
    });
    await assert.rejects(run({ task: 'pad', scores: [] }), /nothing to evaluate/);
    const none = { name: undefined, file: space.path('none.csv') };
    await assert.rejects(run({ task: 'pad', scores: [none] }), /none\.csv: does not exist/);
    await assert.rejects(run({ task: 'pad', scores: [bob], labels: none.file }), /none\.csv: does not exist/);
  });
});

describe('evaluate --task mad', () => {
  it('calls the same errors by the names of ISO/IEC 20059', async () => {
    const { systems } = await run({ task: 'mad', scores: [bob], threshold: parseThresholdRule('macer=0.1') });
    near(rowOf(systems[0], 'BSCER').value, criteria.bpcer10.bpcer);
    near(rowOf(systems[0], 'BSCER20').value, criteria.bpcer20.bpcer);
    near(rowOf(systems[0], 'MACER', 'replay').value, criteria.bpcer10.apcer_replay);
    assert.match(rowOf(systems[0], 'BSCER100').remark!, /^MACER 0.01: needs/);
    assert.ok(systems[0].rows.every(({ measure, remark }) => !/[AB]PCER/.test(`${measure} ${remark}`)));
  });
});

describe('evaluate --task verification', () => {
  // Of each group 40 persons with a genuine pair, and impostor pairs with the next person.
  const pairs = ['f', 'm'].flatMap((group) =>
    Array.from({ length: 40 }, (_, at) => {
      const [a, b] = [`${group}${at}`, `${group}${(at + 1) % 40}`];
      const errs = group === 'f' ? 6 : 12;
      return [
        `${a}/1,${at < errs ? 0.3 : 0.9},genuine,${a},${a}`,
        `${a}/2,${at < errs ? 0.8 : 0.1},impostor,${a},${b}`,
      ];
    }).flat(),
  );
  const scores = file('pairs.csv', [
    'path,score,label,identity_a,identity_b',
    ...pairs,
    'x,0.2,impostor,f0,m0',
  ]);
  const persons = file('persons.csv', [
    'identity,gender',
    ...['f', 'm'].flatMap((group) => Array.from({ length: 40 }, (_, at) => `${group}${at},${group}`)),
  ]);

  it('gives FMR and FNMR by group and pair of groups, and how far they are apart', async () => {
    const { systems } = await run({
      task: 'verification',
      scores: [scores],
      threshold: { kind: 'given', threshold: 0.5 },
      groups: persons.file,
      groupBy: ['gender'],
    });
    const [system] = systems;
    assert.equal(system.persons, 80);
    const fmr = (of: string) => rowOf(system, 'FMR', of);
    assert.deepEqual([fmr('gender f').errors, fmr('gender f').trials], [6, 40]);
    assert.deepEqual([fmr('gender m').errors, fmr('gender m').trials], [12, 40]);
    assert.equal(fmr('gender f and m').remark, '1 impostor pairs of f and m, fewer than 10');
    near(rowOf(system, 'FNMR', 'gender m').value, 0.3);
    near(rowOf(system, 'FDR', 'gender').value, 1 - 0.15);
    near(rowOf(system, 'IR', 'gender').value, 2);
    near(rowOf(system, 'FMR, largest over smallest', 'gender').value, 2);
    near(rowOf(system, 'FMR').value, 18 / 81);
    assert.equal(rowOf(system, 'FMR').interval, 'persons');
    assert.match(rowOf(system, 'TMR at FMR 1 %').remark!, /needs at least 300 impostor scores/);
  });

  it('takes pairs as genuine by their persons where nothing else says it, and refuses contradictions', async () => {
    const unlabelled = file('unlabelled-pairs.csv', [
      'path,score,identity_a,identity_b',
      'p1,0.9,a,a',
      'p2,0.1,a,b',
      'p3,0.2,b,c',
    ]);
    const { systems } = await run({ task: 'verification', scores: [unlabelled] });
    assert.deepEqual(systems[0].counts, { genuine: 1, impostor: 2 });
    const contradictory = file('contradictory.csv', [
      'path,score,label,identity_a,identity_b',
      'p1,0.9,genuine,a,a',
      'p2,0.1,impostor,a,b',
      'p3,0.2,genuine,b,c',
    ]);
    const { record } = await run({ task: 'verification', scores: [contradictory] });
    assert.deepEqual(record.skipped, [{ item: 'p3', reason: 'is labelled genuine, but shows b and c' }]);
  });
});

describe('evaluate --task attribute', () => {
  const lines = ['f', 'm'].flatMap((label) =>
    Array.from({ length: 20 }, (_, at) => {
      const right = at < (label === 'f' ? 15 : 18);
      const own = right ? 0.8 : 0.3;
      const [f, m] = label === 'f' ? [own, 1 - own] : [1 - own, own];
      return `${label}${at}.png,${f},${label},${f},${m},${at % 2 === 0 ? 'young' : 'old'}`;
    }),
  );
  const head = 'path,score,label,f,m';

  it('takes the class with the highest score, and compares groups', async () => {
    const scores = file('attribute.csv', [`${head},band`, ...lines]);
    const { systems } = await run({
      task: 'attribute',
      scores: [scores],
      groupBy: ['band'],
      classes: ['f', 'm'],
    });
    const [system] = systems;
    assert.deepEqual(system.matrix!.counts, [
      [15, 5],
      [2, 18],
    ]);
    near(rowOf(system, 'accuracy').value, 33 / 40);
    near(rowOf(system, 'recall', 'f').value, 0.75);
    near(rowOf(system, 'precision', 'f').value, 15 / 17);
    const f1 = rowOf(system, 'F1', 'm');
    near(f1.value, 36 / 43);
    assert.ok(f1.low! < f1.value! && f1.high! > f1.value!);
    const young = rowOf(system, 'true positive rate', 'band young, f');
    assert.deepEqual([young.errors, young.trials], [8, 10]);
    near(rowOf(system, 'equal opportunity, difference', 'band, f').value, 0.1);
    assert.equal(system.threshold, null);
  });

  it('finds the columns of the classes by their sum, and asks where that fails', async () => {
    const found = file('found.csv', [head, ...lines.map((line) => line.split(',').slice(0, 5).join())]);
    assert.deepEqual((await run({ task: 'attribute', scores: [found] })).systems[0].matrix!.classes, [
      'f',
      'm',
    ]);
    const unclear = file('unclear.csv', [
      `${head},age`,
      ...lines.map((line) => line.replace(/[a-z]+$/, '20')),
    ]);
    await assert.rejects(run({ task: 'attribute', scores: [unclear] }), /name them, such as --classes/);
    await assert.rejects(
      run({ task: 'attribute', scores: [found], classes: ['x', 'y'] }),
      /its label f is none of the classes x, y/,
    );
  });
});
