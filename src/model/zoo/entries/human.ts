import type { CatalogueEntry, ZooFile } from '../catalogue-entry.js';
import type { Card, CardInput } from '../../card.js';

const source = { kind: 'package', package: '@vladmandic/human', version: '3.3.6' } as const;

/** Bytes and SHA-256 of a file. */
type FileFacts = readonly [number, string];

function entry(
  name: string,
  what: string,
  [json, weights]: readonly [FileFacts, FileFacts],
  card: Pick<Card, 'task' | 'outputs' | 'bonaFide' | 'notes'> & { input: Omit<CardInput, 'layout'> },
): CatalogueEntry {
  const file = (ending: string, [bytes, sha256]: FileFacts): ZooFile => {
    return { path: `models/${name}.${ending}`, sha256, bytes };
  };
  return {
    name,
    task: card.task,
    what,
    licence: 'MIT',
    source,
    files: [file('json', json), file('bin', weights)],
    card: { name, licence: 'MIT', ...card, input: { layout: 'NHWC', ...card.input } },
  };
}

/** A square face box, enlarged. */
function box(scale: number): CardInput['crop'] {
  return { kind: 'box', scale, square: true, border: 'black' };
}

/** The networks of @vladmandic/human: TensorFlow.js graph models. */
export const human: readonly CatalogueEntry[] = [
  entry(
    'faceres',
    'gender, age and an embedding of 1024 numbers from a 224x224 face',
    [
      [71432, '5b83d49c0385d2e68a05122441b94226313677cae9fcc40b9587ad50079eb4df'],
      [6978814, '2c7d2d62b76c97528b736527aa09d310ea71743c9e3e79fb6c62d4b2d73af79b'],
    ],
    {
      task: 'attribute',
      input: {
        name: 'input_1',
        width: 224,
        height: 224,
        channels: 'BGR',
        mean: [103.939, 116.779, 123.68],
        std: [1],
        crop: box(1.2),
        resize: 'linear',
      },
      outputs: {
        'gender_pred/Sigmoid': { kind: 'probability', class: 'male', other: 'female' },
        age: { kind: 'regression', quantity: 'age', unit: 'years' },
        'global_pooling/Mean': { kind: 'embedding', normalised: false },
      },
      notes: [
        "The package feeds RGB 0..255 of the box x 1.4. The preprocessing of the network's origin, BGR minus the mean of ImageNet, is better: genders right on 109 against 112 of 122 UTKFace faces (10 years and older; every fifth file of 1,000) and 130 against 131 of 132 FRLL faces at the box x 1.2, mean error of the age 8.9 against 6.1 and 4.4 against 3.9 years. Values in 0..1 fail (59 and 68 genders).",
        'FRLL, BGR minus mean: box x 1.2 131 of 132, x 1.4 127 of 132; UTKFace 112 of 122 at both.',
        'The embedding separates FRLL without error (66 same, 8,580 different pairs), which is an easy set.',
        'Age is the mean of the 100 classes; the package takes the most probable one and shifts it by a neighbour.',
      ],
    },
  ),
  entry(
    'facemesh',
    '468 landmarks of MediaPipe Face Mesh from a 192x192 face',
    [
      [95845, 'b60ca26f404724f43bd2b1575761d8265180e1f053cc0731caa68462927309e7'],
      [1477958, '3826da640b0a3021161605369ee6af293f75d518040355b960ec71a3390c1c0b'],
    ],
    {
      task: 'landmarks',
      input: {
        name: 'input_1',
        width: 192,
        height: 192,
        channels: 'RGB',
        mean: [127.5],
        std: [127.5],
        crop: box(1.4),
        resize: 'linear',
      },
      outputs: {
        output_mesh: {
          kind: 'other',
          meaning: '468 points x, y, z in pixels of the 192x192 input; z grows away from the camera',
        },
        output_faceflag: { kind: 'probability', class: 'face', other: 'no face' },
        output_contours: {
          kind: 'other',
          meaning: '133 points x, y of the contours, in pixels of the input',
        },
      },
      notes: [
        'The package feeds RGB in 0..1; -1..1 is better. Middle of the eye corners (points 33 and 133, 362 and 263) against the marked pupils of 66 FRLL faces, in distances between the eyes: median 0.033 (largest 0.062) against 0.045 (0.069); BGR in 0..1 0.054.',
        'A face is seen (P > 0.5), box x 1.4 of UltraFace: 132 of 132 FRLL and 189 of 190 UTKFace photographs, with 0..1 186; with 0..1, box x 1.0: 165, x 1.2: 180, x 1.6: 189, BGR: 183.',
        'The flag is a probability already: at most 0.003 on 42 boxes without a face. In a second pass, at 1.5 times the extent of the first points, 13 points are 3.0 % of the distance of the eyes from those set by people (66 FRLL faces).',
      ],
    },
  ),
  entry(
    'emotion',
    'facial expression, mini-XCEPTION, from a gray 64x64 face',
    [
      [17980, '56f7e557eb0c863a8b9ab04ac7ccba756e93bf2c27dce135ef0e8712b80b7ad2'],
      [820516, '927ac8224f356ab1e68c2bcfbfa07b0c8567047d1bcf817388ba6e38214c4987'],
    ],
    {
      task: 'attribute',
      input: {
        name: 'input_1',
        width: 64,
        height: 64,
        channels: 'gray',
        mean: [127.5],
        std: [127.5],
        crop: box(1),
        resize: 'linear',
      },
      outputs: {
        Identity: {
          kind: 'probabilities',
          classes: ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral'],
        },
      },
      notes: [
        'The package: gray by 0.2989, 0.587, 0.114, values -1..1, class order of oarriaga/face_classification. FRLL, box x 1.0: neutral for 63 of 66 neutral faces, happy for 34 of 66 smiling ones (32 neutral): the smiles of FRLL are slight.',
      ],
    },
  ),
  entry(
    'antispoof',
    'presentation-attack detection from a 128x128 face; weak, an example of the format',
    [
      [8713, '7fd698ae1cebabbcad79d3b8b448587b0365eb7911987418231bdcf36583112a'],
      [853098, '4490fecb2becdb6869edc7e60f5e59962be013a8def8719b1373afb0f905c094'],
    ],
    {
      task: 'pad',
      input: {
        name: 'conv2d_input',
        width: 128,
        height: 128,
        channels: 'RGB',
        mean: [0],
        std: [255],
        crop: box(1.4),
        resize: 'linear',
      },
      outputs: { activation_4: { kind: 'probability', class: 'bona fide', other: 'attack' } },
      bonaFide: 'bona fide',
      notes: [
        'Not fit for decisions. Near chance (AUC 0.1 to 0.7) on two small sets of real attacks (41 + 5 and 261 + 13 faces) with every usual preprocessing; the attacks of silentface score higher (0.93, 0.96) than the bona fide photograph (0.68).',
        'The package: RGB in 0..1, the sigmoid is "real". UltraFace boxes x 1.4: 90 of 132 FRLL faces are above 0.5; x 1.0: 129.',
      ],
    },
  ),
  entry(
    'liveness',
    'presentation-attack detection from a 32x32 face; weak, an example of the format',
    [
      [17070, '9e51c8acf83b80abbf329b2735309ab5c90611c66905ade8b1bd130d473df9c8'],
      [592976, 'fc6a6b6b3b9721bdb8bff67a457a15b7cbfd81715cfb27f3e65b757e81dd663e'],
    ],
    {
      task: 'pad',
      input: {
        name: 'conv2d_1_input',
        width: 32,
        height: 32,
        channels: 'RGB',
        mean: [0],
        std: [255],
        crop: box(1.4),
        resize: 'linear',
      },
      outputs: { activation_6: { kind: 'probabilities', classes: ['bona fide', 'attack'] } },
      bonaFide: 'bona fide',
      notes: [
        'Not fit for decisions. Near chance (AUC 0.1 to 0.7) on two small sets of real attacks (41 + 5 and 261 + 13 faces) with every usual preprocessing; all three photographs of silentface, of which two are attacks, score 0.99.',
        'The package: RGB in 0..1, class 0 is "live". That holds for bona fide faces: 132 of 132 FRLL and 188 of 190 UTKFace faces are above 0.5. BGR: 116 and 154.',
      ],
    },
  ),
  entry(
    'blazeface',
    'face detector BlazeFace, 256x256: boxes and six points relative to 896 anchors',
    [
      [79038, 'cd7bbfc078270572beb39f9e5ae67aadbd50b5e67cff37e6d4f6b3ea39312e5f'],
      [538928, 'dc9a97fdc50bc43216554bdd69aa3e7b9361a519ee7bdd996a2f69a98a6f9b72'],
    ],
    {
      task: 'detection',
      input: {
        name: 'input',
        width: 256,
        height: 256,
        channels: 'RGB',
        mean: [127.5],
        std: [127.5],
        crop: { kind: 'whole' },
        resize: 'linear',
      },
      outputs: {
        Identity: { kind: 'other', meaning: 'logits of the first 512 anchors (16x16 places, 2 each)' },
        Identity_1: { kind: 'other', meaning: 'logits of the last 384 anchors (8x8 places, 6 each)' },
        Identity_2: {
          kind: 'other',
          meaning:
            '512 x centre x, y, width, height, then six points x, y, in pixels of the input relative to the anchor',
        },
        Identity_3: { kind: 'other', meaning: 'the same for the last 384 anchors' },
      },
      notes: [
        'RGB in -1..1 as in the package. On 132 of 132 FRLL photographs the best anchor is above 0.5 and overlaps the box of UltraFace (mean IoU 0.71, the boxes being cut differently); BGR, or values in 0..1, make no difference there.',
      ],
    },
  ),
];
