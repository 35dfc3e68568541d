import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import type { RunRecord } from '../../src/jobs/run/run-record.js';
import { padCard } from '../model/cards.js';
import { channelMeans } from './channel-means.js';
import { type CommandResult, runCommands } from './run-commands.js';

// What single functions refuse is tested beside them (test/dataset, test/model, test/onnx). Here: what a user sees.

let root: string;
before(() => (root = mkdtempSync(join(tmpdir(), 'faceprobe-'))));
after(() => rmSync(root, { recursive: true, force: true }));

/** An empty cache, and a registry that refuses every connection. */
const offline = () => ({
  FACEPROBE_HOME: join(root, 'empty home'),
  npm_config_registry: 'http://127.0.0.1:1/',
  npm_config_cache: join(root, 'npm-cache'),
  npm_config_fetch_retries: '0',
});

function assertOneLine({ status, stdout, stderr }: CommandResult, expected: number, line: RegExp): void {
  assert.match(stderr, line);
  assert.deepEqual([status, stdout, stderr.split('\n').length], [expected, '', 2], stderr);
}

describe('wrong usage ends with status 2 and one line', () => {
  const folders = ['--input-path', 'in', '--output-path', 'out'];
  const verification = ['verification', 'threshold', '--pairs', 'p.csv', '--model', 'm', '--output', 'o'];
  const explain = ['explain', 'occlusion', 'a.jpg', '--model', 'm', '--output', 'o'];
  const cases: readonly (readonly [string[], RegExp])[] = [
    [
      ['crop', ...folders, '--workers', '0'],
      /'--workers <count>' argument '0' .* whole number from 1 to 256/,
    ],
    [['crop', ...folders, '--workers', '1.5'], /'1\.5' is invalid\. It must be a whole number/],
    [['crop', ...folders, '--workers', '100000'], /'100000' is invalid\. It must be a whole number/],
    [['crop', ...folders, '--size', '224x'], /'--size <size>' argument '224x' .* such as 224 or 224x275/],
    [['crop', ...folders, '--detector', 'foo'], /choices are mtcnn, ultraface, haar/],
    [['crop', ...folders, '--margn', '1'], /unknown option '--margn' \(Did you mean --margin\?\)/],
    [['crop', '--input-path', 'in'], /required option '--output-path <folder>' not specified/],
    [['occlude', ...folders, '--mode', 'grid', '--grid-rows-count', '-1'], /argument '-1' is invalid/],
    [['occlude', ...folders, '--mode', 'landmark', '--regions', 'nos'], /regions.*"?nos"?/],
    [['occlude', ...folders, '--mode', 'grid', '--fill', '#12345'], /'--fill <fill>' argument '#12345'/],
    [[...explain, '--alpha', '3'], /'--alpha <opacity>' argument '3' .* number from 0 to 1/],
    [[...explain, '--colormap', 'rainbowish'], /'--colormap <name>' argument 'rainbowish' .*(viridis|jet)/],
    [[...explain, '--batch-size', '0'], /'--batch-size <count>' argument '0'/],
    [['score', '--input-path', 'in', '--output', 'o'], /required option '--model <model>' not specified/],
    [[...verification, '--at', '1.5'], /'--at <threshold>' argument '1\.5'.*is not a cosine.*from -1 to 1/],
    [
      [...verification, '--at', 'fmr=2'],
      /argument 'fmr=2'.*is not a rate between 0 and 1 \(such as fmr=0\.001/,
    ],
    [[...verification, '--at', 'best'], /argument 'best'.*give eer, fmr=0\.001, or a cosine/],
    [['verification', 'threshold', '--pairs', 'p.csv', '--model', 'm'], /'--output <folder>' not specified/],
    [
      [...verification.with(1, 'explain'), '--methods', 'xssab,gradcam'],
      /'--methods <methods>'.*gradcam: is no method for pairs \(there are xssab/,
    ],
    [[...verification.with(1, 'explain'), '--figures', 'some'], /give all, none, or a whole number/],
    [['models', 'convert', 'a.onnx'], /missing required argument 'output'/],
    [['crp'], /unknown command 'crp' \(Did you mean crop\?\)/],
  ];

  it('whatever the option', async () => {
    const results = await runCommands(cases.map(([argv]) => argv));
    for (const [i, [argv, line]] of cases.entries()) {
      assert.match(results[i].stderr, /^error: .* \(--help shows the options\)\n$/, argv.join(' '));
      assertOneLine(results[i], 2, line);
    }
  });
});

describe('bad images among good ones', () => {
  const occlude = (output: string, ...more: string[]) => [
    'occlude',
    ...['--mode', 'grid', '--face', 'whole', '--grid-rows-count', '1', '--grid-columns-count', '2'],
    ...['--input-path', join(root, 'photos'), '--output-path', join(root, output), '--workers', '2', ...more],
  ];
  const strange = [
    'spaces and \'quotes\' "double".png',
    'emoji 🙂.png',
    'dots..in..name.png',
    '..leading.png',
  ];
  /** File names and what the reason must say. */
  const bad: Record<string, RegExp> = {
    'cut.jpg': /^cut\.jpg: is cut off/,
    'empty.jpg': /^empty\.jpg: is an empty file \(0 bytes\)/,
    'text.jpg': /^text\.jpg: is not an image: its content is text that begins "this is not/,
    'huge.png': /^huge\.png: has 12000 x 12000 pixels; at most 64 million are decoded/,
    'float.tif': /^float\.tif: has floating-point samples/,
    'folder/one-pixel.png': /^folder\/one-pixel\.png: grid columns 2: more than there are pixels/,
  };
  /** Odd but readable ones, and what is noted. */
  const odd: Record<string, RegExp | undefined> = {
    'cmyk.jpg': /CMYK/,
    '16bit.png': /16 bits/,
    'gray.png': undefined,
    'rgba.png': /alpha/,
    'exif6.jpg': /EXIF orientation 6/,
    'animated.png': /first/,
  };

  before(async () => {
    const photos = join(root, 'photos');
    mkdirSync(join(photos, 'folder'), { recursive: true });
    const fixtures = new URL('../../../test/fixtures/dataset/images/', import.meta.url);
    const fixture = (name: string) => readFileSync(new URL(name, fixtures));
    const good = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#a08060' } })
      .jpeg()
      .toBuffer();
    const png = await sharp(good).png().toBuffer();
    writeFileSync(join(photos, 'good.jpg'), good);
    for (const name of strange) writeFileSync(join(photos, name), png);
    writeFileSync(join(photos, 'cut.jpg'), fixture('rgb.jpg').subarray(0, 400));
    writeFileSync(join(photos, 'empty.jpg'), '');
    writeFileSync(join(photos, 'text.jpg'), 'this is not an image');
    writeFileSync(join(photos, 'huge.png'), fixture('12000x12000.png'));
    for (const name of ['float.tif', 'one-pixel.png']) {
      writeFileSync(join(photos, name === 'float.tif' ? name : `folder/${name}`), fixture(name));
    }
    for (const name of Object.keys(odd)) {
      writeFileSync(join(photos, name), fixture(name));
    }
  });

  it('are left out with their reason, and everything else is done', async () => {
    const [lenient, strict] = await runCommands([
      occlude('lenient'),
      occlude('strict', '--strict', '--json'),
    ]);
    assert.deepEqual([lenient.status, strict.status], [0, 3], lenient.stderr);
    const record = JSON.parse(readFileSync(join(root, 'lenient', 'run.json'), 'utf8')) as RunRecord;
    const good = ['good.jpg', ...strange, ...Object.keys(odd)];
    const bads = Object.keys(bad).length;
    assert.deepEqual(record.failed, []);
    assert.deepEqual(record.skipped.map(({ item }) => item).sort(), Object.keys(bad).sort());
    assert.deepEqual(record.counts, {
      items: good.length + bads,
      done: good.length,
      skipped: bads,
      failed: 0,
    });
    for (const [name, reason] of Object.entries(bad)) {
      assert.match(record.skipped.find(({ item }) => item === name)!.reason, reason);
    }
    const log = readFileSync(join(root, 'lenient', 'run.log'), 'utf8');
    for (const name of Object.keys(bad)) assert.ok(log.includes(`| WARNING | skipped ${name}: `), name);
    const journal = readFileSync(join(root, 'lenient', 'results.jsonl'), 'utf8')
      .trimEnd()
      .split('\n');
    const notes = new Map(
      journal.map((line) => {
        const { item, result } = JSON.parse(line) as { item: string; result: { notes: string[] } };
        return [item, result.notes.join('; ')];
      }),
    );
    for (const name of good) {
      assert.ok(existsSync(join(root, 'lenient', 'grid-occlusion', 'r0_c1', name)), name);
      const note = odd[name];
      if (note === undefined) assert.equal(notes.get(name), '', name);
      else assert.match(notes.get(name)!, note);
    }
    const strictRecord = JSON.parse(strict.stdout) as RunRecord;
    assert.deepEqual([strictRecord.counts, strictRecord.status], [record.counts, 'done']);
  });
});

describe('what cannot work at all ends with status 1 and one line', () => {
  it('an output folder that cannot be written, a missing or empty input, a folder of bad images only', async () => {
    const photos = join(root, 'one photo');
    const onlyBad = join(root, 'only bad');
    for (const folder of [photos, onlyBad, join(root, 'nothing')]) mkdirSync(folder);
    const image = sharp({ create: { width: 32, height: 32, channels: 3, background: '#808080' } });
    writeFileSync(join(photos, 'a.png'), await image.png().toBuffer());
    for (const name of ['a.jpg', 'b.jpg']) writeFileSync(join(onlyBad, name), '');
    const occlude = (input: string, output: string) => [
      ...['occlude', '--mode', 'grid', '--face', 'whole', '--quiet'],
      ...['--input-path', input, '--output-path', output],
    ];
    const [underFile, missing, empty, bad, same, inside] = await runCommands([
      occlude(photos, join(photos, 'a.png', 'out')),
      occlude(join(root, 'no such folder'), join(root, 'out')),
      occlude(join(root, 'nothing'), join(root, 'out')),
      occlude(onlyBad, join(root, 'out')),
      ['crop', '--input-path', photos, '--output-path', photos, '--quiet'],
      occlude(photos, join(photos, 'new', 'out')),
    ]);
    assertOneLine(underFile, 1, /^faceprobe: .*a\.png.*: is, or lies under, a file where a folder is needed/);
    assertOneLine(missing, 1, /^faceprobe: .*no such folder: does not exist \(check the path\)/);
    assertOneLine(empty, 1, /^faceprobe: .*nothing: holds no image/);
    assertOneLine(
      bad,
      1,
      /^faceprobe: .*none of 2 inputs could be used; the first: [ab]\.jpg: is an empty file/,
    );
    for (const result of [same, inside]) {
      assertOneLine(result, 1, /one photo.*: the output folder lies in the input folder .*one photo, so/);
    }
    assert.deepEqual(readdirSync(photos), ['a.png']);
  });

  it('a model that is cut off or no model, and a card of other names', async () => {
    const net = join(root, 'net.onnx');
    writeFileSync(net, channelMeans());
    writeFileSync(join(root, 'cut.onnx'), channelMeans().subarray(0, 60));
    writeFileSync(join(root, 'text.onnx'), 'a text, whatever its name says');
    const card = {
      ...padCard,
      input: { ...padCard.input, name: 'x', width: 8, height: 8 },
      outputs: { y: { kind: 'logits', classes: ['print', 'replay', 'live'] } },
    };
    const cards = {
      other: { ...card, outputs: { z: card.outputs.y } },
      few: { ...card, outputs: { y: { kind: 'logits', classes: ['spoof', 'live'] } } },
      none: { ...card, bonaFide: undefined },
    };
    for (const [name, value] of Object.entries(cards)) {
      writeFileSync(join(root, `${name}.json`), JSON.stringify(value));
    }
    const score = (model: string, ...more: string[]) => [
      ...[
        'score',
        '--model',
        join(root, model),
        '--input-path',
        join(root, 'photos'),
        '--aligned',
        '--quiet',
      ],
      ...['--output', join(root, 'scores.csv'), ...more],
    ];
    const [cut, text, bare, other, few, none] = await runCommands([
      score('cut.onnx'),
      score('text.onnx'),
      score('net.onnx'),
      score('net.onnx', '--card', join(root, 'other.json')),
      score('net.onnx', '--card', join(root, 'few.json')),
      score('net.onnx', '--card', join(root, 'none.json')),
    ]);
    assertOneLine(cut, 1, /^faceprobe: .*cut\.onnx: is truncated or not an ONNX model/);
    assertOneLine(text, 1, /^faceprobe: .*text\.onnx: is truncated or not an ONNX model/);
    assertOneLine(bare, 1, /net\.onnx: has no card \(inputs x .*`faceprobe models inspect` prints a draft/);
    assertOneLine(
      other,
      1,
      /other\.json: the card's outputs\.z is not an output of the graph \(.*outputs are y \[/,
    );
    assertOneLine(
      few,
      1,
      /few\.json: the card's outputs\.y is of kind logits with 2 value\(s\), but the graph gives y/,
    );
    assertOneLine(none, 1, /none\.json: not a valid card: bonaFide: is missing/);
    assert.ok(!existsSync(join(root, 'scores.csv')));
  });

  it('no network and an empty cache: what is missing, and the remedy', async () => {
    const photos = join(root, 'one photo');
    const tree = ['--input-path', photos, '--output-path', join(root, 'offline')];
    const commands = [
      ['crop', ...tree, '--quiet'],
      ['occlude', ...tree, '--mode', 'both', '--quiet'],
      ['detect', join(photos, 'a.png'), '--quiet'],
      ['score', '--model', 'fr_liveness', '--input-path', photos, '--output', join(root, 's.csv'), '--quiet'],
      ['models', 'pull', 'fr_liveness', '--quiet'],
    ];
    for (const result of await runCommands(commands, offline())) {
      assertOneLine(result, 1, /^faceprobe: (mtcnn_pnet|fr_liveness): it is not in the cache .*ECONNREFUSED/);
      assert.match(
        result.stderr,
        /run `faceprobe models pull .*` on a machine with network, copy its FACEPROBE_HOME/,
      );
    }
    assert.ok(!existsSync(join(root, 'offline')), 'nothing is begun');
  });

  it('weights with a wrong checksum: what was expected and got, and nothing is kept', async () => {
    const home = join(root, 'home');
    const weights = join(root, 'weights.onnx');
    mkdirSync(home);
    writeFileSync(weights, 'not what the catalogue expects');
    const entry = {
      name: 'ours',
      task: 'pad',
      what: 'a test',
      licence: 'none',
      source: { kind: 'file', path: weights },
      files: [{ path: 'weights.onnx', sha256: '0'.repeat(64), bytes: 30 }],
    };
    writeFileSync(join(home, 'catalogue.json'), JSON.stringify([entry]));
    const [result] = await runCommands([['models', 'pull', 'ours', '--quiet']], { FACEPROBE_HOME: home });
    assertOneLine(
      result,
      1,
      /weights\.onnx: has the wrong checksum: expected SHA-256 0{64}, got [0-9a-f]{64}/,
    );
    assert.deepEqual(readdirSync(join(home, 'zoo', 'ours')), []);
  });
});
