import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import type { Provenance } from '../../src/explain/saliency-map.js';
import type { Card } from '../../src/model/card.js';
import type { RunRecord } from '../../src/jobs/run/run-record.js';
import { pairReport } from '../../src/study/pair/pair-report.js';
import { decodeNpy } from '../../src/tensor/npy.js';
import { channelMeans } from './channel-means.js';
import { runCommands } from './run-commands.js';

/** The model gives the mean of each channel: every pixel of the red channel adds 1/64 to the logit of `red`. */
function card(output: Card['outputs'][string]): Card {
  return {
    name: 'means',
    task: output.kind === 'embedding' ? 'verification' : 'attribute',
    input: {
      width: 8,
      height: 8,
      layout: 'NCHW',
      channels: 'RGB',
      mean: [0],
      std: [255],
      crop: { kind: 'whole' },
      resize: 'linear',
    },
    outputs: { y: output },
  };
}

let root: string;
const at = (name: string) => join(root, name);
const read = (name: string) => decodeNpy(readFileSync(at(name)));
const json = (name: string): unknown => JSON.parse(readFileSync(at(name), 'utf8'));

before(async () => {
  root = mkdtempSync(join(tmpdir(), 'faceprobe-'));
  writeFileSync(at('model.onnx'), channelMeans());
  writeFileSync(
    at('logits.json'),
    JSON.stringify(card({ kind: 'logits', classes: ['red', 'green', 'blue'] })),
  );
  writeFileSync(at('embedding.json'), JSON.stringify(card({ kind: 'embedding', normalised: false })));
  for (const [name, background] of [
    ['a.png', { r: 200, g: 100, b: 50 }],
    ['b.png', { r: 60, g: 120, b: 240 }],
  ] as const) {
    await sharp({ create: { width: 8, height: 8, channels: 3, background } })
      .png()
      .toFile(at(name));
  }
});
after(() => rmSync(root, { recursive: true, force: true }));

describe('explain METHOD on single images', () => {
  it('writes maps with their provenance, mean maps and a report', async () => {
    const methods = {
      gradient: 1 / 192,
      'input-x-gradient': 200 / 255 / 64,
      'integrated-gradients': 200 / 255 / 64,
      smoothgrad: 1 / 192,
    };
    const results = await runCommands(
      Object.keys(methods).map((method) => [
        ...['explain', method, at('a.png'), '--model', at('model.onnx'), '--card', at('logits.json')],
        ...['--target', 'logit:red', '--aligned', '--no-regions', '--workers', '1', '--dpi', '40'],
        ...['--output', at(method)],
        // Without noise, since the network has a Relu and the smallest values are near its corner.
        ...(method === 'smoothgrad' ? ['--noise', '0', '--samples', '3'] : []),
      ]),
    );
    Object.entries(methods).forEach(([method, value], i) => {
      assert.equal(results[i].status, 0, results[i].stderr);
      const { data, shape } = read(`${method}/a.npy`);
      assert.deepEqual(shape, [8, 8]);
      data.forEach((pixel) => assert.ok(Math.abs(Number(pixel) - value) < 1e-6));
      const provenance = json(`${method}/a.json`) as Provenance;
      assert.equal(provenance.method, method);
      assert.ok(provenance.backwardPasses > 0);
      for (const file of ['a.png', 'mean/all.npy', 'report.html', 'run.json']) {
        assert.ok(existsSync(at(`${method}/${file}`)), file);
      }
      assert.ok(!existsSync(at(`${method}/regions.csv`)));
    });
  });

  it('explains by random masks: the segments, the weights with their errors, and how the sampling went', async () => {
    const common = (method: string, ...more: string[]) => [
      ...['explain', method, at('a.png'), '--model', at('model.onnx'), '--card', at('logits.json')],
      ...['--target', 'logit:red', '--aligned', '--workers', '1', '--dpi', '40', '--fill', 'black'],
      ...['--segmentation', 'grid', '--grid-rows-count', '2', '--grid-columns-count', '2', ...more],
      ...['--design', 'balanced', '--output', at(method)],
    ];
    const results = await runCommands([
      common('lime', '--samples', '200', '--ridge', '0'),
      common('rise', '--samples', '16', '--masks', 'segments'),
    ]);
    results.forEach(({ status, stderr }) => assert.equal(status, 0, stderr));
    const red = 200 / 255;
    for (const [method, value] of [
      ['lime', red / 4],
      // One quarter is shown, and each of the others half of the time.
      ['rise', red / 4 + (3 * red) / 8],
    ] as const) {
      read(`${method}/a.npy`).data.forEach((pixel) => assert.ok(Math.abs(Number(pixel) - value) < 1e-6));
      assert.deepEqual(read(`${method}/a.segments.npy`).shape, [8, 8]);
      for (const file of ['a.png', 'a.segments.png', 'mean/all.npy', 'report.html', 'run.json']) {
        assert.ok(existsSync(at(`${method}/${file}`)), file);
      }
    }
    const lime = json('lime/a.json') as Record<string, unknown> & Provenance;
    assert.deepEqual([lime.method, lime.samples, lime.settled, lime.forwardPasses], ['lime', 200, null, 200]);
    assert.ok(Math.abs(Number(lime.r2) - 1) < 1e-9);
    assert.ok(Math.abs(Number(lime.localPrediction) - red) < 1e-6);
    assert.deepEqual(lime.parameters.segmentation, { method: 'grid', options: { rows: 2, columns: 2 } });
    const segments = lime.segments as { pixels: number; weight: number; standardError: number }[];
    assert.deepEqual(
      segments.map(({ pixels }) => pixels),
      [16, 16, 16, 16],
    );
    segments.forEach(({ standardError }) => assert.ok(standardError < 1e-6));
    const { r2 } = (json('lime/run.json') as { results: { sampling: { r2: { median: number } } } }).results
      .sampling;
    assert.ok(Math.abs(r2.median - 1) < 1e-9);
  });

  it('explains the similarity to a reference by LIME and RISE, and stops when that has settled', async () => {
    const common = (method: string, ...more: string[]) => [
      ...['explain', method, at('a.png'), '--model', at('model.onnx'), '--card', at('embedding.json')],
      ...['--reference', at('b.png'), '--aligned', '--workers', '1', '--dpi', '40', ...more],
      ...['--until-stable', '--output', at(`pair-${method}`)],
    ];
    const results = await runCommands([
      common('lime', '--segmentation', 'grid', '--samples', '3000', '--compat', 'upstream'),
      common('rise', '--cells', '3', '--tolerance', '0.2', '--samples', '20000', '--fill', 'gray'),
    ]);
    results.forEach(({ status, stderr }) => assert.equal(status, 0, stderr));
    const lime = json('pair-lime/a.json') as Record<string, unknown> & Provenance;
    assert.equal(lime.target, '(1 + cosine similarity to the reference) / 2');
    assert.equal(lime.settled, true);
    assert.ok(Number(lime.samples) < 3000);
    const rise = json('pair-rise/a.json') as Record<string, unknown> & Provenance;
    assert.equal(rise.target, 'cosine similarity to the reference');
    assert.ok(Number(rise.largestStandardError) > 0);
    assert.ok(!existsSync(at('pair-rise/a.segments.npy')));
  });

  it('says in one line what random masks cannot explain', async () => {
    const lime = (...more: string[]) => [
      ...['explain', 'lime', at('a.png'), '--model', at('model.onnx'), '--card', at('logits.json')],
      ...[
        '--target',
        'logit:red',
        '--aligned',
        '--output',
        at('refused'),
        '--no-resume',
        '--strict',
        '--workers',
        '1',
        ...more,
      ],
    ];
    const grid = ['--segmentation', 'grid', '--grid-rows-count', '2'];
    const results = await runCommands([
      lime(...grid, '--samples', '5'),
      lime('--segmentation', 'grid', '--grid-rows-count', '1', '--grid-columns-count', '1'),
      lime('--segmentation', 'grid', '--grid-rows-count', '9'),
      lime('--fill', 'purple'),
      lime(...grid, '--compat', 'upstream'),
      lime('--design', 'lucky'),
    ]);
    const lines = [
      /a\.png: samples 5: are too few to weigh 10 segments \(take at least 12, better 1000\)/,
      /a\.png: segmentation: the whole image is one segment, so there is nothing to compare/,
      /a\.png: grid rows 9: more than there are pixels/,
      /--fill <fill>' argument 'purple' is invalid.*use gray, segment-mean, black/s,
      /--compat upstream: is about similarities/,
      /Allowed choices are independent, paired, balanced/,
    ];
    lines.forEach((line, i) => {
      assert.match(results[i].stderr, line);
      assert.notEqual(results[i].status, 0);
    });
  });

  it('refuses the gradient of the similarity of an image to itself', async () => {
    const [{ status, stderr }] = await runCommands([
      [
        ...['explain', 'gradient', at('a.png'), '--model', at('model.onnx'), '--card', at('embedding.json')],
        ...['--aligned', '--no-regions', '--output', at('self')],
      ],
    ]);
    assert.equal(status, 1);
    assert.match(stderr, /every gradient is zero.*--reference/);
  });
});

describe('explain xssab on a pair', () => {
  const pair = (...more: string[]) => [
    ...['explain', 'xssab', at('a.png'), '--reference', at('b.png'), '--model', at('model.onnx')],
    ...['--card', at('embedding.json'), '--aligned', '--no-regions', '--dpi', '40', ...more],
  ];

  /** Mean over the channels of |∂S/∂x|, the same in every pixel: (w - (â · w) â) / |f| / 64. */
  function closedForm(f: readonly number[], reference: readonly number[], threshold: number) {
    const length = Math.hypot(...f);
    const a = f.map((value) => value / length);
    const b = reference.map((value) => value / Math.hypot(...reference));
    const half = (positive: boolean) => {
      const w = b.map((value, i) => (a[i] * value >= threshold / 3 === positive ? value : 0));
      const product = w.reduce((sum, value, i) => sum + value * a[i], 0);
      return w.reduce((sum, value, i) => sum + Math.abs(value - product * a[i]) / length / 64, 0) / 3;
    };
    return {
      positive: half(true),
      negative: half(false),
      cosine: a.reduce((sum, value, i) => sum + value * b[i], 0),
    };
  }

  it('writes the maps of both images, the figures, and the decision with its probability', async () => {
    const scores = [...Array(20).keys()].map(
      (i) => `p${i},${0.4 + i / 40},genuine\nq${i},${i / 40 - 0.2},impostor`,
    );
    writeFileSync(at('scores.csv'), `path,score,label\n${scores.join('\n')}\n`);
    const [{ status, stderr, stdout }] = await runCommands([
      pair(
        '--threshold',
        '0.3',
        '--save-gradients',
        '--scores',
        at('scores.csv'),
        '--json',
        '--output',
        at('pair'),
      ),
    ]);
    assert.equal(status, 0, stderr);
    const [a, b] = [
      [200, 100, 50],
      [60, 120, 240],
    ].map((image) => image.map((value) => value / 255));
    for (const [folder, f, reference] of [
      ['a', a, b],
      ['b', b, a],
    ] as const) {
      const expected = closedForm(f, reference, 0.3);
      for (const [kind, value] of [
        ['positive', expected.positive],
        ['negative', expected.negative],
        ['combined', expected.positive - expected.negative],
      ] as const) {
        const { data, shape } = read(`pair/${folder}/${kind}.npy`);
        assert.deepEqual(shape, [8, 8]);
        data.forEach((pixel) =>
          assert.ok(Math.abs(Number(pixel) - value) < 1e-6, `${kind} ${pixel} ${value}`),
        );
        assert.ok(existsSync(at(`pair/${folder}/${kind}.png`)));
      }
      assert.deepEqual(read(`pair/${folder}/gradient_positive.npy`).shape, [8, 8, 3]);
    }
    const result = json('pair/result.json') as Record<string, unknown>;
    assert.deepEqual(JSON.parse(stdout), [result]);
    const { cosine } = closedForm(a, b, 0.3);
    assert.ok(Math.abs(Number(result.cosine) - cosine) < 1e-6);
    assert.equal(result.decision, 'match');
    assert.equal(result.threshold, 0.3);
    assert.ok(Number(result.matchProbability) > 0.5 && Number(result.matchProbability) < 1);
    for (const file of ['pair.png', 'run.json', 'a/view.jpg']) assert.ok(existsSync(at(`pair/${file}`)));
    const page = readFileSync(at('pair/report.html'), 'utf8');
    assert.match(
      page,
      /means decides on a match: the cosine of the two faces is 0\.\d{4}, 0\.\d+ above the threshold/,
    );
    assert.match(page, /learned from 20 genuine and 20 impostor scores/);
    // Of each image the photograph and three maps.
    assert.equal(page.match(/<img src="data:image\/webp/g)?.length, 8);
    assert.ok(!page.includes('Evidence by region'));
  });

  it('tells in its report where the evidence is densest', async () => {
    const [{ status, stderr }] = await runCommands([pair('--threshold', '0.3', '--output', at('dense'))]);
    assert.equal(status, 0, stderr);
    const result = json('dense/result.json') as Record<string, unknown>;
    const regions = [
      { region: 'forehead', area: 0.3, positive: 0.4, negative: null },
      { region: 'left_eye', area: 0.02, positive: 0.1, negative: null },
    ];
    writeFileSync(at('dense/result.json'), JSON.stringify({ ...result, regions: { a: regions, b: null } }));
    const report = await pairReport(at('dense'), json('dense/run.json') as RunRecord);
    assert.deepEqual(report.keyResults.slice(1), [
      'In a.png the evidence is densest for a match in the left eye (10 % of it on 2 % of the area).',
    ]);
    const blocks = report.sections.at(-1)!.blocks;
    assert.deepEqual(
      blocks.map(({ kind }) => kind),
      ['plots', 'table'],
    );
    const [plots, table] = blocks;
    assert.equal(plots.kind === 'plots' && plots.plots.length, 1);
    assert.deepEqual(table.kind === 'table' && table.rows, [
      ['forehead', '30', '40', '–'],
      ['left eye', '2', '10', '–'],
    ]);
  });

  it('decides against a match below the threshold, and shows no photographs where told so', async () => {
    const [{ status }] = await runCommands([
      pair('--threshold', '0.99', '--no-photos', '--output', at('apart')),
    ]);
    assert.equal(status, 0);
    assert.equal((json('apart/result.json') as Record<string, unknown>).decision, 'non-match');
    assert.ok(!existsSync(at('apart/a/view.jpg')));
    const page = readFileSync(at('apart/report.html'), 'utf8');
    assert.match(page, /decides on a non-match: .* below the threshold/);
    assert.match(page, /made without photographs/);
    assert.equal(page.match(/<img src="data:image\/webp/g)?.length, 6);
  });

  it('names what is wrong in one line', async () => {
    const cases: readonly (readonly [string[], number, RegExp])[] = [
      [
        pair('--threshold', '1.5', '--output', at('x')),
        2,
        /'--threshold <cosine>' argument '1\.5'.*from -1 to 1/,
      ],
      [pair('--output', at('x')), 2, /required option '--threshold <cosine>' not specified/],
      [pair('--threshold', '0', '--output', at('x'), '--reference', at('none.png')), 1, /none\.png/],
      [
        pair('--threshold', '0', '--output', at('y'), '--reference', at('a.png')),
        1,
        /both images are the same/,
      ],
      [
        pair('--threshold', '0', '--output', at('z'), '--card', at('logits.json')),
        1,
        /no output of kind embedding/,
      ],
    ];
    const results = await runCommands(cases.map(([argv]) => argv));
    cases.forEach(([, status, line], i) => {
      assert.equal(results[i].status, status, results[i].stderr);
      assert.match(results[i].stderr, line);
    });
  });
});

describe('explain corrrise, xface and fggb on a pair', () => {
  it('write the maps of both images, with a decision only where there is a threshold', async () => {
    const pair = (method: string, ...more: string[]) => [
      ...['explain', method, at('a.png'), '--reference', at('b.png'), '--model', at('model.onnx')],
      ...[
        '--card',
        at('embedding.json'),
        '--aligned',
        '--no-regions',
        '--dpi',
        '40',
        '--output',
        at(method),
        ...more,
      ],
    ];
    const results = await runCommands([
      pair('corrrise', '--masks', '10', '--patch-size', '3', '--mask-seed', '3'),
      pair('xface', '--patch-sizes', '2,3', '--stride', '2', '--threshold', '0.99'),
      pair('xface', '--patch-sizes', '2,x'),
      pair('fggb', '--threshold', '0.3'),
    ]);
    assert.deepEqual(
      results.map(({ status }) => status),
      [0, 0, 2, 0],
      results.map(({ stderr }) => stderr).join(''),
    );
    const [corrrise, xface] = ['corrrise', 'xface'].map(
      (method) => json(`${method}/result.json`) as Record<string, unknown>,
    );
    assert.deepEqual([corrrise.decision, corrrise.threshold, corrrise.seed], [null, null, 3]);
    assert.deepEqual([xface.decision, xface.threshold, xface.forwardPasses], ['non-match', 0.99, 66]);
    for (const method of ['corrrise', 'xface', 'fggb']) {
      for (const file of ['a/combined.npy', 'b/positive.npy', 'b/negative.png', 'pair.png']) {
        assert.ok(existsSync(at(`${method}/${file}`)), file);
      }
    }
    const shares = read('xface/a/combined.npy').data;
    assert.ok(shares.every((value) => Number.isFinite(Number(value))));
  });
});
