import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import type { Provenance } from '../../src/explain/saliency-map.js';
import type { Card } from '../../src/model/card.js';
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
        ...['--target', 'logit:red', '--aligned', '--workers', '1', '--dpi', '40', '--output', at(method)],
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

  it('refuses the gradient of the similarity of an image to itself', async () => {
    const [{ status, stderr }] = await runCommands([
      [
        ...['explain', 'gradient', at('a.png'), '--model', at('model.onnx'), '--card', at('embedding.json')],
        ...['--aligned', '--output', at('self')],
      ],
    ]);
    assert.equal(status, 1);
    assert.match(stderr, /every gradient is zero.*--reference/);
  });
});
