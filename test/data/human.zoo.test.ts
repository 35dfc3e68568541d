import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { openModel } from '../../src/model/open-model.js';
import { human } from '../../src/model/zoo/entries/human.js';
import { photographsOf, prepared, type Photograph } from '../model/faces.js';
import { sameAsTfjsOnFace } from '../model/tfjs-reference.js';

const data = process.env.FACEPROBE_DATA;

describe(
  'the TensorFlow.js networks of the zoo on FRLL',
  { skip: data === undefined && 'FACEPROBE_DATA is not set' },
  () => {
    let labels: readonly (readonly string[])[];
    let faces: readonly Photograph[];
    before(async () => {
      const text = await readFile(join(data!, 'frll/labels.csv'), 'utf8');
      labels = text
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(','));
      faces = await photographsOf(labels.map(([file]) => join(data!, 'frll', file)));
      assert.equal(faces.length, 132);
    });

    for (const entry of human)
      it(`${entry.name} gives what TensorFlow.js gives (1e-4)`, () => sameAsTfjsOnFace(entry, faces[7]));

    it('faceres tells 131 of 132 genders, and the age to 3.9 years on average, as its card says', async () => {
      const model = await openModel('faceres');
      let right = 0;
      const offsets: number[] = [];
      for (const [i, face] of faces.entries()) {
        const results = await model.run({ input_1: await prepared(model.card.input, face) });
        const isMale = results['gender_pred/Sigmoid'].data[0] > 0.5;
        if (isMale === (labels[i][4] === 'male')) right++;
        const age = Number(labels[i][3]);
        // Some did not tell.
        if (age > 0) offsets.push(Math.abs(results.age.data[0] - age));
      }
      await model.close();
      assert.equal(right, 131);
      const off = offsets.reduce((sum, value) => sum + value, 0) / offsets.length;
      assert.ok(off > 3.85 && off < 3.95, String(off));
    });

    it('facemesh says of every photograph that it shows a face', async () => {
      const model = await openModel('facemesh');
      for (const face of faces) {
        const { output_faceflag } = await model.run({ input_1: await prepared(model.card.input, face) });
        assert.ok(output_faceflag.data[0] > 0.9);
      }
      await model.close();
    });
  },
);
