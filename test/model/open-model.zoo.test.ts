import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';
import { openInlineSession } from '../../src/model/inline-session.js';
import { openModel } from '../../src/model/open-model.js';
import { classScores } from '../../src/model/outputs/class-scores.js';
import { inputShape } from '../../src/model/write-input.js';
import { builtInCatalogue } from '../../src/model/zoo/catalogue.js';
import { fetchModel } from '../../src/model/zoo/fetch-model.js';
import { Problem } from '../../src/problem.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { elementCount } from '../../src/tensor/tensor.js';

/** A batch of pseudo-random pixels 0..255. */
function pixels(shape: readonly number[]): Tensor {
  let state = 1;
  const data = Float32Array.from({ length: elementCount(shape) }, () => {
    state = (state * 48271) % 2147483647;
    return state % 256;
  });
  return { data, shape };
}

/** How far two tensors are apart, relative to the largest value. */
function difference(a: Float32Array, b: Float32Array): number {
  assert.equal(a.length, b.length);
  const largest = a.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return a.reduce((most, value, at) => Math.max(most, Math.abs(value - b[at])), 0) / largest;
}

/**
 * Milliseconds that the main thread was ready to run but had no processor, because the machine is busy: that is no
 * blocking of ours. Known on Linux only.
 */
function runQueueDelay(): number {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}

describe('openModel', () => {
  let folder: string;
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'faceprobe-model-'))));
  after(() => rm(folder, { recursive: true }));

  for (const { name, card } of builtInCatalogue.filter((entry) => entry.card !== undefined)) {
    it(`opens ${name} of the zoo: its card fits its graph, and a batch of 3 gives the rows of 3 batches of 1 (1e-5)`, async () => {
      const model = await openModel(name, { threads: 1 });
      const { input } = model.card;
      assert.deepEqual(model.card, card);
      const size = { width: 24, height: 24 };
      const batch = pixels(inputShape(input, 3, size));
      const feed = input.name ?? model.inputs[0].name;
      const together = await model.run({ [feed]: batch });
      assert.deepEqual(Object.keys(together).sort(), Object.keys(model.card.outputs).sort());
      const length = batch.data.length / 3;
      for (let row = 0; row < 3; row++) {
        const data = batch.data.subarray(row * length, (row + 1) * length);
        const alone = await model.run({ [feed]: { data, shape: [1, ...batch.shape.slice(1)] } });
        for (const [output, { data: values, shape }] of Object.entries(together)) {
          assert.equal(shape[0], 3);
          const part = values.length / 3;
          const expected = alone[output].data;
          // A row of zeros has no relative difference.
          if (expected.every((value) => value === 0)) continue;
          assert.ok(difference(expected, values.subarray(row * part, (row + 1) * part)) < 1e-5, output);
        }
      }
      await model.close();
    });
  }

  it('gives the same inline, in a worker thread that is there already', async () => {
    const feeds = { input: pixels([4, 3, 128, 128]) };
    const worker = new Worker(new URL('./inline-session.js', import.meta.url), {
      workerData: { name: 'fr_liveness', feeds },
    });
    const [inline] = (await once(worker, 'message')) as [Record<string, Tensor>];
    const model = await openModel('fr_liveness', { threads: 1 });
    const pooled = await model.run(feeds);
    await model.close();
    assert.deepEqual(inline.output.data, pooled.output.data);
  });

  it('never runs inline on the main thread', async () => {
    const bytes = await readFile(await fetchModel('fr_liveness'));
    await assert.rejects(openInlineSession(bytes, 'fr_liveness'), /main thread/);
  });

  it('leaves the feeds alone, and takes a view on a larger buffer', async () => {
    const model = await openModel('fr_liveness', { threads: 1 });
    const { data } = pixels([3, 3, 128, 128]);
    const before = data.slice();
    const length = 3 * 128 * 128;
    const { output } = await model.run({
      input: { data: data.subarray(length, 2 * length), shape: [1, 3, 128, 128] },
    });
    const whole = await model.run({ input: { data, shape: [3, 3, 128, 128] } });
    await model.close();
    assert.deepEqual(data, before);
    assert.ok(difference(output.data, whole.output.data.subarray(3, 6)) < 1e-5);
  });

  it('spreads batches over its threads and never holds the main thread for 100 ms', async () => {
    const model = await openModel('fr_liveness', { threads: 2 });
    const feeds = { input: pixels([64, 3, 128, 128]) };
    const { output } = await model.run(feeds);
    const { data } = feeds.input;
    const alone = await model.run({
      input: { data: data.subarray((data.length / 64) * 63), shape: [1, 3, 128, 128] },
    });
    assert.ok(difference(alone.output.data, output.data.subarray((output.data.length / 64) * 63)) < 1e-5);
    let longest = 0;
    let last = performance.now();
    let waited = runQueueDelay();
    const ping = () => {
      const now = performance.now();
      const delay = runQueueDelay();
      longest = Math.max(longest, now - last - (delay - waited));
      last = now;
      waited = delay;
    };
    const pings = setInterval(ping, 20);
    await Promise.all([model.run(feeds), model.run(feeds)]);
    ping();
    clearInterval(pings);
    await model.close();
    assert.ok(longest < 100, `the main thread stood still for ${longest} ms`);
  });

  it('finds a card beside the file, by its checksum in the zoo, or as given', async () => {
    const file = join(folder, 'mine.onnx');
    await copyFile(await fetchModel('fr_liveness'), file);
    const byChecksum = await openModel(file, { threads: 1 });
    await byChecksum.close();
    assert.equal(byChecksum.card.name, 'fr_liveness');

    const card = { ...byChecksum.card, name: 'mine' };
    await writeFile(join(folder, 'mine.card.json'), JSON.stringify(card));
    const beside = await openModel(file, { threads: 1 });
    await beside.close();
    assert.equal(beside.card.name, 'mine');

    const given = await openModel(file, { threads: 1, card: { ...card, name: 'given' } });
    await given.close();
    assert.equal(given.card.name, 'given');
    assert.equal(given.sha256, byChecksum.sha256);
  });

  it('refuses a card that does not fit the graph', async () => {
    const file = await fetchModel('fr_liveness');
    const entry = builtInCatalogue.find(({ name }) => name === 'fr_liveness')!;
    const outputs = { logits: entry.card!.outputs.output };
    await assert.rejects(
      openModel(file, { threads: 1, card: { ...entry.card!, outputs } }),
      /outputs\.logits is not an output of the graph.*output \[batch, 3\]/,
    );
  });

  it('says in one line what is wrong with a file', async () => {
    const whole = await readFile(await fetchModel('fr_liveness'));
    const cases: [name: string, content: Uint8Array, said: RegExp][] = [
      ['truncated.onnx', whole.subarray(0, whole.length / 2), /truncated/],
      ['text.onnx', Buffer.from('this is not a model at all'), /text\.onnx/],
      ['empty.onnx', Buffer.alloc(0), /empty/],
      ['model.h5', Buffer.from('\u0089HDF\r\n\u001a\n rest', 'latin1'), /damaged or truncated HDF5/],
      ['model.json', Buffer.from('{}'), /not the model\.json of a TensorFlow\.js graph model/],
      [
        'new.keras',
        Buffer.from('PK\u0003\u0004'),
        /new\.keras: is a zip archive.*save the Keras model as HDF5/,
      ],
      ['cut.tflite', Buffer.concat([Buffer.from([28, 0, 0, 0]), Buffer.from('TFL3')]), /cut\.tflite/],
    ];
    for (const [name, content, said] of cases) {
      const file = join(folder, name);
      await writeFile(file, content);
      await assert.rejects(openModel(file), (error) => {
        assert.ok(error instanceof Problem, `${name}: ${String(error)}`);
        assert.match(error.message, said);
        assert.ok(!error.message.includes('\n'), error.message);
        return true;
      });
    }
    await assert.rejects(openModel(join(folder, 'none.onnx')), /no such model file/);
    await assert.rejects(openModel(folder), /folder/);
    await assert.rejects(openModel('no_such_model'), /the zoo has no such entry/);
  });

  it('shows what to write where there is no card', async () => {
    const file = join(folder, 'changed.onnx');
    const bytes = await readFile(await fetchModel('fr_landmark'));
    // Other bytes, same graph: a file that the zoo does not know. 0x9a 0x06 = an unknown field of no bytes.
    await writeFile(file, Buffer.concat([bytes, Buffer.from([0x9a, 0x06, 0x00])]));
    await assert.rejects(
      openModel(file),
      /has no card \(inputs input \[batch, 1, 64, 64\]; outputs output \[batch, 136\]\).*changed\.card\.json/,
    );
  });

  it('tells what the graph refuses', async () => {
    const model = await openModel('fr_liveness', { threads: 1 });
    await assert.rejects(model.run({ input: pixels([1, 3, 64, 64]) }), (error) => {
      assert.ok(error instanceof Problem);
      assert.match(error.message, /^fr_liveness: .*input/);
      return true;
    });
    await assert.rejects(model.run({ image: pixels([1, 3, 128, 128]) }), /no input "image"/);
    const outputs = await model.run({ input: pixels([1, 3, 128, 128]) });
    assert.ok(
      Math.abs(Object.values(classScores(model.card, outputs, 0)).reduce((a, b) => a + b) - 1) < 1e-9,
    );
    await model.close();
    await assert.rejects(model.run({ input: pixels([1, 3, 128, 128]) }));
  });
});
