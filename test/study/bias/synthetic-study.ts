import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { canonicalLandmarks } from '../../../src/face/canonical/canonical-landmarks.js';
import { RunFolder } from '../../../src/jobs/run/run-folder.js';
import { type ImageOutcome, mapPath } from '../../../src/study/bias/images/image-outcome.js';
import { summariseImages } from '../../../src/study/bias/images/images-table.js';
import type { Decision } from '../../../src/study/bias/labels/decision.js';
import { encodeNpy } from '../../../src/tensor/npy.js';

export const regions = ['left_eye', 'right_eye', 'nose'];

export const decision: Decision = {
  attribute: 'gender',
  classes: ['female', 'male'],
  yes: null,
  outputClasses: ['female', 'male'],
  map: {},
};

/** What is made up of one image; the rest is the same for all. */
export interface MadeUp {
  readonly labels: Readonly<Record<string, string>>;
  readonly truth: 'female' | 'male';
  /** The probability of male. */
  readonly male: number;
  readonly active: readonly string[];
  readonly masked?: ImageOutcome['masked'];
  /** Without a face it has no regions and no landmarks. */
  readonly faceless?: boolean;
  readonly constant?: boolean;
}

const [width, height] = [8, 10];

/** The outcome of an image as the run's journal has it. */
export function outcomeOf(image: MadeUp): ImageOutcome {
  const { labels, truth, male, active, masked = {}, faceless = false, constant = false } = image;
  return {
    ...{ labels, truth, width, height, masked },
    predicted: male > 0.5 ? 'male' : 'female',
    scores: { female: 1 - male, male },
    explained: { class: truth, target: `logit of ${truth}`, value: 1 },
    boxes: active.map((region) => ({
      box: { x: 1, y: 1, width: 3, height: 3 },
      photo: { x: 1, y: 1, width: 3, height: 3 },
      region,
    })),
    regions: faceless
      ? []
      : regions.map((region, at) => ({
          region,
          box: { x: 2 * at, y: 1, width: 2, height: 4 },
          active: active.includes(region),
          attention: constant ? null : 0.25 * (at + 1),
          share: constant ? null : 0.1 * (at + 1),
        })),
    concentration: 0.5,
    landmarks: faceless ? null : canonicalLandmarks.map(([x, y]) => [(x * width) / 224, (y * height) / 275]),
    shortfalls: [
      ...(faceless ? (['no face'] as const) : []),
      ...(constant ? (['constant map'] as const) : []),
    ],
    notes: [],
    milliseconds: 1,
  };
}

/** A finished run of made-up images, in the folder of a study. */
export async function syntheticRun(
  study: string,
  images: readonly MadeUp[],
  settings: Record<string, unknown> = {},
): Promise<void> {
  const folder = join(study, 'run');
  const run = await RunFolder.open({
    folder,
    command: 'bias run',
    settings: {
      ...{ labels: 'made up', decision, groupBy: ['gender', 'race'], ageWidth: 20, explain: 'true' },
      ...{ sample: { seed: 1 }, model: { name: 'made-up' }, method: { name: 'gradcam++' }, compat: null },
      ...settings,
    },
  });
  // Finished in another order than that of their names.
  for (const [at, image] of [...images.entries()].reverse()) {
    const name = `${String(at).padStart(3, '0')}.png`;
    const data = Float32Array.from({ length: width * height }, (_, pixel) =>
      image.constant === true ? 0 : ((pixel * 7 + at) % 11) / 11,
    );
    const path = join(folder, mapPath(name, 'npy'));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, encodeNpy({ data, shape: [height, width] }));
    run.finish({ item: name, result: outcomeOf(image) });
  }
  run.record.results = { ...(await summariseImages(run, decision.classes)) };
  run.record.skipped.push({ item: 'x.png', reason: 'x.png: is unlabelled' });
  run.close('done');
}
