import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, it } from 'node:test';
import { score } from '../../../src/study/score/score.js';
import { Workspace } from '../heatmaps/workspace.js';
import { card, height, tinyPad, width } from '../tiny-pad.js';

const space = new Workspace();
after(() => space.remove());

it('writes no score for embeddings alone: the table names the row of each image', async () => {
  const outputs = { y: { kind: 'embedding', normalised: false } };
  const described = { name: 'tiny-embedder', task: 'verification', input: card.input, outputs };
  space.write('embed.onnx', tinyPad());
  space.write('embed.card.json', JSON.stringify(described));
  for (const [at, name] of ['a.png', 'b.png'].entries())
    await space.image(`in/${name}`, width, height, at + 1);
  await score(
    {
      inputPath: space.path('in'),
      output: space.path('s.csv'),
      embeddings: space.path('e.npy'),
      model: space.path('embed.onnx'),
      aligned: true,
      detector: 'mtcnn',
      select: 'largest',
    },
    { signal: new AbortController().signal, listen: () => undefined },
  );
  const rows = readFileSync(space.path('s.csv'), 'utf8').trim().split('\n');
  assert.deepEqual(rows, ['path,row', `${space.path('in/a.png')},0`, `${space.path('in/b.png')},1`]);
  const { data, shape } = space.map('e.npy');
  assert.deepEqual(shape, [2, 2]);
  assert.ok(Math.abs(Math.hypot(data[0], data[1]) - 1) < 1e-6);
});

it('takes the box beside each image in place of a detected face', async () => {
  const boxed = {
    ...card,
    name: 'tiny-boxed',
    input: { ...card.input, crop: { kind: 'box', scale: 1, square: false, border: 'shift' } },
  };
  space.write('boxed.onnx', tinyPad());
  space.write('boxed.card.json', JSON.stringify(boxed));
  await space.image('boxes/a.png', width, height, 1);
  await space.image('boxes/b.png', width, height, 2);
  // The box of the whole image, in the frame of 224 x 224 pixels; the other image has none.
  space.write('boxes/a_BB.txt', '0 0 224 224 0.99');
  const scored = async (name: string, how: { aligned: true } | { boxes: 'celeba-spoof' }) => {
    const { record } = await score(
      {
        inputPath: space.path('boxes'),
        output: space.path(name),
        model: space.path('boxed.onnx'),
        detector: 'mtcnn',
        select: 'largest',
        ...how,
      },
      { signal: new AbortController().signal, listen: () => undefined },
    );
    return { record, rows: readFileSync(space.path(name), 'utf8').trim().split('\n').slice(1) };
  };
  const whole = await scored('whole.csv', { aligned: true });
  const { rows, record } = await scored('boxed.csv', { boxes: 'celeba-spoof' });
  assert.deepEqual(rows, whole.rows.slice(0, 1));
  assert.match(record.skipped[0].reason, /b_BB\.txt: cannot be read/);
});
