import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { importTflite } from '../../../src/onnx/import/tflite/import-tflite.js';
import { converters } from '../../../src/onnx/import/tflite/operators/index.js';
import { Problem } from '../../../src/problem.js';
import { noise, run } from '../run.js';

interface Fixture {
  readonly operators: readonly string[];
  readonly model: string;
  readonly inputs: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly output: { readonly shape: readonly number[]; readonly data: readonly number[] };
}

interface Fixtures {
  readonly origin: string;
  readonly models: Readonly<Record<string, Fixture>>;
  readonly unsupported: Readonly<Record<string, string>>;
}

const file = new URL('../../../../test/fixtures/onnx/tflite-operators.json', import.meta.url);
const { models, unsupported } = JSON.parse(readFileSync(file, 'utf8')) as Fixtures;

function decode(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

/** Rounding in another order of summation; exact for everything that only moves or compares. */
const tolerance = 2e-6;

describe('importTflite gives what TensorFlow computes', () => {
  for (const [name, { model, inputs, output }] of Object.entries(models)) {
    it(name, async () => {
      const onnx = importTflite(decode(model), name);
      const feeds = inputs.map(
        (input, i) =>
          [
            input.name,
            [
              noise(
                input.shape.reduce((a, b) => a * b, 1),
                i + 1,
              ),
              input.shape,
            ],
          ] as const,
      );
      const results = await run(onnx, Object.fromEntries(feeds));
      const { shape, data } = results[onnx.graph.outputs[0].name];
      assert.deepEqual(shape, output.shape);
      const largest = output.data.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
      output.data.forEach((value, i) => {
        const off = Math.abs(value - data[i]);
        assert.ok(off <= tolerance * largest, `element ${i} is ${data[i]} instead of ${value}`);
      });
    });
  }

  it('has a fixture for every operator', () => {
    const tested = new Set(Object.values(models).flatMap(({ operators }) => operators));
    assert.deepEqual(
      Object.keys(converters).filter((operator) => !tested.has(operator)),
      [],
    );
  });
});

describe('importTflite', () => {
  it('keeps the names and axes of the file, with a free batch', () => {
    const { inputs, outputs } = importTflite(decode(models['conv same stride 2'].model)).graph;
    assert.deepEqual(
      inputs.map(({ name, shape }) => [name, shape]),
      [['x0', ['batch', 'height', 'width', 4]]],
    );
    assert.equal(outputs.length, 1);
  });

  it('keeps height and width where constants are laid out over the pixels, or sizes are reduced away', () => {
    for (const name of ['pixel constants', 'mean over space']) {
      assert.deepEqual(
        importTflite(decode(models[name].model)).graph.inputs[0].shape,
        ['batch', 7, 6, 4],
        name,
      );
    }
  });

  it('puts one Transpose at each end of a chain of image operators, and none inside', () => {
    const { nodes } = importTflite(decode(models['another size'].model)).graph;
    assert.deepEqual(
      nodes.map(({ opType }) => opType),
      ['Relu', 'Transpose', 'MaxPool', 'Conv', 'Softmax', 'Transpose'],
    );
  });

  it('lists every operator that it cannot import', () => {
    assert.throws(
      () => importTflite(decode(unsupported['reversed and picked']), 'm.tflite'),
      (error) =>
        error instanceof Problem &&
        error.what === 'm.tflite' &&
        error.message.includes('1 x GATHER_ND') &&
        error.message.includes('2 x REVERSE_V2'),
    );
    assert.throws(() => importTflite(decode(unsupported['quantised activations'])), /quantised activations/);
  });

  it('names a file that is empty, or no TFLite model', () => {
    assert.throws(() => importTflite(new Uint8Array(0), 'm.tflite'), /^Problem: m\.tflite: is empty/);
    assert.throws(
      () => importTflite(new TextEncoder().encode('<html></html>'), 'm.tflite'),
      /not a TFLite model/,
    );
  });

  it('never fails otherwise on a file that is cut off or has wrong bytes', () => {
    const bytes = decode(models['fully connected after image'].model);
    const check = (damaged: Uint8Array, what: string) => {
      try {
        importTflite(damaged);
      } catch (error) {
        assert.ok(
          error instanceof Problem,
          `${what}: ${String(error instanceof Error ? error.stack : error)}`,
        );
      }
    };
    for (let length = 0; length < bytes.length; length += 7)
      check(bytes.subarray(0, length), `${length} bytes`);
    for (let at = 8; at < bytes.length; at++) {
      for (const value of [0, 0x7f, 0xff]) check(bytes.with(at, value), `byte ${at} = ${value}`);
    }
  });
});
