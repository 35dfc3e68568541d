import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { adaptModel } from '../../src/model/prepare/adapt-model.js';
import { readModelFile } from '../../src/model/read-model-file.js';
import { resolveReference } from '../../src/model/resolve-reference.js';
import { importModel } from '../../src/onnx/index.js';
import { doctor, type DoctorOptions } from '../../src/study/doctor/doctor.js';
import type { Findings } from '../../src/study/doctor/doctor-findings.js';

const data = process.env.FACEPROBE_DATA ?? '';

async function examined(reference: string, options: Partial<DoctorOptions>): Promise<Findings> {
  const file = await resolveReference(reference, {});
  const { bytes, shards, sha256 } = await readModelFile(file);
  const model = adaptModel(await importModel(bytes, reference, shards), sha256);
  const defaults = { detector: 'mtcnn', select: 'largest', resamples: 200, seed: 0, workers: 2 } as const;
  return doctor(
    { reference, file, model, ...defaults, maxImages: 8, ...options },
    { signal: new AbortController().signal, listen: () => undefined },
  );
}

describe('the doctor on a real network', { skip: data === '' && 'FACEPROBE_DATA is not set' }, () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'faceprobe-doctor-'));
    const link = (kind: string, file: string) =>
      symlinkSync(join(data, file), join(folder, kind, file.replaceAll('/', '_')));
    for (const kind of ['live', 'spoof']) mkdirSync(join(folder, kind));
    for (const name of ['image_F1.jpg', 'image_F2.jpg']) link('spoof', `silentface/${name}`);
    link('live', 'silentface/image_T1.jpg');
    for (const name of readdirSync(join(data, 'frll/neutral_front')).sort().slice(0, 9)) {
      link('live', `frll/neutral_front/${name}`);
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('finds that fr_liveness wants BGR 0..255 and has bona fide first, without its card', async () => {
    const { diagnosis, graph } = await examined('fr_liveness', { images: folder, card: false });
    assert.deepEqual([graph.input.batch.declared, graph.outputs[0].nature], [1, 'logits']);
    const [best] = diagnosis!.ranking;
    const { channels, mean, std } = best.preprocessing;
    assert.deepEqual([channels, mean, std, best.order], ['BGR', [0], [1], [0]]);
    assert.deepEqual([best.first.value, best.first.interval], [1, null]);
  });
});
