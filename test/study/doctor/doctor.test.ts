import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, beforeEach, describe, it } from 'node:test';
import { encodeImage } from '../../../src/dataset/encode-image.js';
import { parseCard } from '../../../src/model/parse-card.js';
import { decodeModel } from '../../../src/onnx/index.js';
import { reportPage } from '../../../src/report/html/report-page.js';
import { Problem } from '../../../src/problem.js';
import { doctor, type DoctorOptions } from '../../../src/study/doctor/doctor.js';
import type { Diagnosis, Findings } from '../../../src/study/doctor/doctor-findings.js';
import { doctorReport } from '../../../src/study/doctor/doctor-report.js';
import { RandomState } from '../../../src/tensor/random.js';
import { Workspace } from '../heatmaps/workspace.js';
import { channelDifference, colourEmbedding, rawFirstChannel, side } from './tiny-networks.js';

const space = new Workspace();
after(() => space.remove());

let random: RandomState;
beforeEach(() => (random = new RandomState(11)));

/** An image of one colour, with a little noise. */
async function colourImage(path: string, colour: readonly number[]): Promise<void> {
  const data = Uint8Array.from({ length: side * side * 3 }, (_, i) =>
    Math.min(255, Math.max(0, Math.round(colour[i % 3] + random.uniform(-4, 4)))),
  );
  space.write(path, '');
  writeFileSync(space.path(path), await encodeImage({ width: side, height: side, channels: 3, data }, 'png'));
}

async function examined(
  name: string,
  bytes: Uint8Array,
  options: Partial<DoctorOptions>,
): Promise<Diagnosis> {
  return (await findingsOf(name, bytes, options)).diagnosis!;
}

async function findingsOf(
  name: string,
  bytes: Uint8Array,
  options: Partial<DoctorOptions>,
): Promise<Findings> {
  space.write(`${name}.onnx`, bytes);
  return doctor(
    {
      reference: name,
      file: space.path(`${name}.onnx`),
      model: decodeModel(bytes, name),
      aligned: true,
      detector: 'mtcnn',
      select: 'largest',
      maxImages: 80,
      resamples: 300,
      seed: 0,
      workers: 1,
      ...options,
    },
    { signal: new AbortController().signal, listen: () => undefined },
  );
}

describe('labelled images', () => {
  before(async () => {
    random = new RandomState(10);
    for (let i = 0; i < 12; i++) {
      // Blue tells; red and green do not.
      await colourImage(`blue/live/${i}.png`, [random.uniform(30, 220), random.uniform(30, 220), 200]);
      await colourImage(`blue/spoof/${i}.png`, [random.uniform(30, 220), random.uniform(30, 220), 60]);
    }
  });

  it('finds channel order, range and polarity of a network that works with one of them alone', async () => {
    const found = await examined('raw', rawFirstChannel(), { images: space.path('blue') });
    const [best] = found.ranking;
    assert.equal(best.name, 'BGR 0..255; whole');
    assert.deepEqual([best.first.value, best.second.value], [1, 1]);
    // Output 1 is live, and the labels name live first.
    assert.deepEqual([found.answers.bonaFide, best.order], ['live', [1, 0]]);
    assert.deepEqual([found.verdict, found.proposed!.bonaFide], ['found', 'live']);
    assert.deepEqual(found.proposed!.outputs.y, { kind: 'logits', classes: ['attack', 'live'] });
    assert.deepEqual(parseCard(found.proposed, 'proposed'), found.proposed);
    assert.ok(found.chance! < 0.05);
    assert.equal(found.heldOut!.value, 1);
    const real = found.axes
      .filter(({ verdict }) => verdict !== 'tie')
      .map(({ axis, instead }) => [axis, instead]);
    assert.ok(real.some(([axis, instead]) => axis === 'channel order' && instead === 'RGB'));
    assert.ok(real.some(([axis, instead]) => axis === 'range' && instead === '0..1'));
    assert.deepEqual(found.measures, ['AUC', 'right decisions']);
  });

  it('reports ties as ties and takes the most usual of them', async () => {
    for (let i = 0; i < 12; i++) {
      await colourImage(`tie/live/${i}.png`, [150, 90, random.uniform(0, 255)]);
      await colourImage(`tie/spoof/${i}.png`, [90, 150, random.uniform(0, 255)]);
    }
    const findings = await findingsOf('tie', channelDifference(), { images: space.path('tie') });
    const found = findings.diagnosis!;
    const [best, ...others] = found.ranking;
    assert.equal(best.name, 'RGB -1..1; whole');
    const verdictOf = (name: string) => others.find((row) => row.name === name)!.verdict;
    for (const range of ['0..1', '0..255', '(x - 127.5) / 128']) {
      assert.equal(verdictOf(`RGB ${range}; whole`), 'tie');
    }
    const [first, ...sentences] = doctorReport(findings).keyResults;
    assert.match(first, /^Best: RGB -1\.\.1; whole, AUC 1\.000\.$/);
    assert.match(sentences.join(' '), /other variants are ties.*Real differences lie in: channel order/);
    const page = reportPage(doctorReport(findings));
    for (const { name } of found.ranking) assert.ok(page.includes(name.replaceAll("'", '&#39;')), name);
    // Red against green cannot be seen in BGR.
    assert.equal(verdictOf('BGR -1..1; whole'), 'worse');
  });

  it('judges a card, and says where it has the classes the wrong way round', async () => {
    const card = (channels: string, bonaFide: string) => {
      const file = `${channels}-${bonaFide}.card.json`;
      space.write(
        file,
        JSON.stringify({
          name: 'raw',
          task: 'pad',
          input: {
            name: 'x',
            width: side,
            height: side,
            layout: 'NCHW',
            channels,
            mean: [0],
            std: [1],
            crop: { kind: 'box', scale: 1.5, square: true, border: 'black' },
            resize: 'linear',
          },
          outputs: { y: { kind: 'logits', classes: ['fake', 'true'] } },
          bonaFide,
        }),
      );
      return space.path(file);
    };
    const judged = async (channels: string, bonaFide: string) => {
      const options = { images: space.path('blue'), card: card(channels, bonaFide) };
      const { card: verdict, proposed } = await examined('raw', rawFirstChannel(), options);
      return { ...verdict, proposed };
    };
    const turned = await judged('BGR', 'fake');
    assert.deepEqual([turned.verdict, turned.classes], ['as good as the best', 'contradict']);
    assert.deepEqual(turned.proposed!.outputs.y, { kind: 'logits', classes: ['attack', 'live'] });
    // What the images are cut by is not known: the card's crop stays.
    assert.equal(turned.proposed!.input.crop.kind, 'box');
    const wrong = await judged('RGB', 'true');
    assert.equal(wrong.verdict, 'another one is better');
    assert.equal(wrong.proposed!.input.channels, 'BGR');
  });

  it('cannot tell from labels that have nothing to do with the images', async () => {
    for (let i = 0; i < 10; i++) {
      for (const label of ['live', 'spoof']) {
        await colourImage(
          `noise/${label}/${i}.png`,
          [0, 0, 0].map(() => random.uniform(60, 200)),
        );
      }
    }
    const found = await examined('noise', channelDifference(), { images: space.path('noise') });
    assert.deepEqual([found.verdict, found.proposed], ['cannot tell', null]);
    assert.ok(found.chance! > 0.05);
  });

  it('gives no interval and calls no difference in AUC real with fewer than six of a class', async () => {
    for (let i = 0; i < 3; i++) {
      await colourImage(`few/spoof/${i}.png`, [random.uniform(30, 220), random.uniform(30, 220), 60]);
    }
    for (let i = 0; i < 30; i++) {
      await colourImage(`few/live/${i}.png`, [random.uniform(30, 220), random.uniform(30, 220), 200]);
    }
    const found = await examined('raw', rawFirstChannel(), { images: space.path('few') });
    assert.equal(found.ranking[0].name, 'BGR 0..255; whole');
    assert.ok(found.ranking.every(({ first, verdict }) => first.interval === null && verdict !== 'worse'));
    assert.equal(found.heldOut, null);
    assert.match(found.notes.join('\n'), /3 attack: with fewer than 6 no test can tell/);
  });

  it('refuses what it cannot check', async () => {
    const refused = async (options: Partial<DoctorOptions>, why: RegExp) =>
      assert.rejects(examined('raw', rawFirstChannel(), options), (error: unknown) => {
        assert.ok(error instanceof Problem);
        assert.match(error.message, why);
        return true;
      });
    await colourImage('one/live/a.png', [1, 2, 3]);
    await colourImage('one/live/b.png', [1, 2, 3]);
    await refused({ images: space.path('one') }, /one class only \(live\)/);
    await colourImage('one/spoof/a.png', [1, 2, 3]);
    await refused({ images: space.path('one') }, /"attack" has 1 image\(s\); at least 2 are needed/);
    await refused({ images: space.path('blue'), bonaFide: 'nobody' }, /the labels are live, spoof/);
    await refused({ images: space.path('blue'), output: 'z' }, /no output of raw.*y \[2\] \(logits\)/);
    space.write(
      'three.csv',
      'file,label\nlive/0.png,a\nlive/1.png,a\nlive/2.png,b\nlive/3.png,b\nlive/4.png,c\nlive/5.png,c\n',
    );
    await refused(
      { images: space.path('blue'), labels: space.path('three.csv'), output: 'y' },
      /--output y: does not fit labels of 3 classes/,
    );
    space.write('flat.csv', 'file,years\nlive/0.png,1\n');
    await refused(
      { images: space.path('blue'), labels: space.path('flat.csv'), label: 'age' },
      /no column "age"/,
    );
    space.write('pairs.csv', 'file_a,file_b,same\nlive/0.png,live/1.png,1\nlive/0.png,spoof/1.png,0\n');
    await refused({ images: space.path('blue'), pairs: space.path('pairs.csv') }, /gives 1 genuine pair/);
  });
});

describe('pairs', () => {
  it('finds the range that an embedding needs, the same with any number of workers', async () => {
    const persons = Array.from({ length: 12 }, () => [0, 0, 0].map(() => random.uniform(70, 185)));
    const rows = ['file_a,file_b,same'];
    for (const [at, colour] of persons.entries()) {
      for (const view of ['a', 'b']) {
        await colourImage(
          `people/${at}/${view}.png`,
          colour.map((value) => value + random.uniform(-6, 6)),
        );
      }
      rows.push(
        `${at}/a.png,${at}/b.png,1`,
        `${at}/a.png,${(at + 1) % 12}/b.png,0`,
        `${at}/a.png,${(at + 5) % 12}/b.png,0`,
      );
    }
    space.write('people/pairs.csv', `${rows.join('\n')}\n`);
    const options = { pairs: space.path('people/pairs.csv') };
    const found = await examined('colours', colourEmbedding(), { ...options, output: 'y' });
    const again = await examined('colours', colourEmbedding(), { ...options, output: 'y', workers: 2 });
    assert.deepEqual(again, found);
    assert.deepEqual(found.measures, ['EER', "d'"]);
    const rank = (name: string) => found.ranking.find((row) => row.name === name)!;
    const four = rows.filter((row) => !/\d{2}\/|[4-9]\//.test(row));
    space.write('people/four.csv', `${four.join('\n')}\n0/b.png,1/a.png,0\n`);
    const few = await examined('colours', colourEmbedding(), {
      pairs: space.path('people/four.csv'),
      output: 'y',
    });
    assert.ok(
      few.ranking.every(({ first, verdict }) => first.interval === null && !verdict.includes('worse')),
    );
    assert.match(few.notes.join('\n'), /no difference is called real/);
    // The cosine does not ask in which order the channels come.
    for (const which of ['first', 'second'] as const) {
      const [own, other] = ['RGB', 'BGR'].map((order) => rank(`${order} -1..1; whole`)[which].value);
      assert.ok(Math.abs(own - other) < 1e-6);
    }
    // Of two that are equal the usual one is taken.
    assert.equal(rank('BGR -1..1; whole').chosen, false);
    assert.match(found.notes.join('\n'), /12 persons: with fewer than some 30/);
  });
});
