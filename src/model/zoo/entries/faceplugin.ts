import type { CatalogueEntry, ZooFile } from '../catalogue-entry.js';
import type { Card, CardInput } from '../../card.js';

const source = {
  kind: 'package',
  package: 'faceplugin-face-recognition-js',
  version: '0.0.1',
} as const;

/** Mean and standard deviation of ImageNet in the units of 8-bit samples, R, G, B. */
const imageNet = { mean: [123.675, 116.28, 103.53], std: [58.395, 57.12, 57.375] };

function entry(
  name: string,
  what: string,
  [bytes, sha256]: [number, string],
  card: Pick<Card, 'task' | 'outputs' | 'bonaFide' | 'notes'> & { input: Omit<CardInput, 'name' | 'layout'> },
): CatalogueEntry {
  const file: ZooFile = { path: `model/${name}.onnx`, sha256, bytes };
  const input: CardInput = { name: 'input', layout: 'NCHW', ...card.input };
  return {
    name,
    task: card.task,
    what,
    licence: 'MIT',
    source,
    files: [file],
    card: { name, licence: 'MIT', ...card, input },
  };
}

/** The networks of faceplugin-face-recognition-js: ONNX, opset 9, batch fixed at 1. */
export const faceplugin: readonly CatalogueEntry[] = [
  entry(
    'fr_feature',
    'face recognition, ArcFace kind, 512 numbers from an aligned 112x112 face',
    [4884269, '87aacdfe57510db2af90c0251df680e8eec88f122ee94712121d09bcaaaf3581'],
    {
      task: 'verification',
      input: {
        width: 112,
        height: 112,
        channels: 'BGR',
        mean: [127.5],
        std: [127.5],
        crop: { kind: 'template', template: 'arcface' },
        resize: 'linear',
      },
      outputs: { output: { kind: 'embedding', normalised: false } },
      notes: [
        'The package feeds RGB, (x - 127) / 128. On real faces BGR is better: the cosine of the same person rises in 62 of 66 FRLL pairs (mean 0.905 to 0.918) and in 198 of 225 LFW pairs (0.643 to 0.678), that of different people stays (0.040 to 0.036; 0.007 to 0.003).',
        'With BGR, (x - 127.5) / 127.5 and the ArcFace alignment by dlib landmarks: equal error rate 0 % on FRLL (66 same, 132 different), 2.0 % on LFW (225 and 110 pairs of 5 people). 127 / 128 instead changes nothing. Raw 0..255 fails (7.6 %, 40.9 %), and so does the box without alignment (1.5 %, 10.8 %, in RGB).',
      ],
    },
  ),
  entry(
    'fr_liveness',
    'presentation-attack detection from a 128x128 face',
    [1886811, 'afa783b7e902fdfcf323a7240cac2a1c580c25314ea4161129dc1b0d100dc32d'],
    {
      task: 'pad',
      input: {
        width: 128,
        height: 128,
        channels: 'BGR',
        mean: [0],
        std: [1],
        crop: { kind: 'box', scale: 1.5, square: true, border: 'reflect' },
        resize: 'area-or-lanczos4',
      },
      outputs: { output: { kind: 'logits', classes: ['bona fide', 'attack 1', 'attack 2'] } },
      bonaFide: 'bona fide',
      notes: [
        'The package feeds RGB at 2.7 times the box and is wrong about it: AUC 0.82 and 0.39 on two small sets of real attacks (41 + 5 and 261 + 13 faces), where BGR at 1.5 times gives 1.00 and 0.95.',
        'Boxes of UltraFace: BGR 0..255, square box x 1.5 accepts 132 of 132 FRLL and 50 of 50 LFW faces (smallest P 0.67); RGB accepts 47 and 44 of them. Values in 0..1 or -1..1 accept none. Haar boxes do the same.',
        'Sensitive to the crop: not squared 131 and 45, bilinear instead of area 128 and 50, x 2.7 120 and 43. What the border is filled with does not matter on these sets.',
        'Three photographs of silentface: both attacks 0.00, the bona fide one 0.45.',
        'The package does not say what its classes 1 and 2 are.',
      ],
    },
  ),
  entry(
    'fr_detect',
    'face detector UltraFace RFB-320, input 320x240',
    [1217758, '6c0256ccd3164f844736a401faf936ec2930764a87ae39442180887d0c5c8854'],
    {
      task: 'detection',
      input: {
        width: 320,
        height: 240,
        channels: 'RGB',
        mean: [127],
        std: [128],
        crop: { kind: 'whole' },
        resize: 'linear',
      },
      notes: [
        'The package swaps R and B; it makes no difference: the best score on 182 photographs (FRLL, LFW) is at least 0.9995 either way.',
      ],
      outputs: {
        scores: { kind: 'other', meaning: '4420 boxes x P(background), P(face)' },
        boxes: {
          kind: 'other',
          meaning: '4420 boxes x left, top, right, bottom as shares of width and height',
        },
      },
    },
  ),
  entry(
    'fr_landmark',
    '68 iBUG landmarks from a gray 64x64 face',
    [1163742, 'f10b0ba1d2a8a099adefede1ebf3733e44fe370715e7303dbeb7f59c02142258'],
    {
      task: 'landmarks',
      input: {
        width: 64,
        height: 64,
        channels: 'gray',
        mean: [0],
        std: [256],
        crop: { kind: 'box', scale: 1, square: true, border: 'shift' },
        resize: 'linear',
      },
      outputs: { output: { kind: 'other', meaning: '68 points x, y as shares of the crop' } },
    },
  ),
  entry(
    'fr_gender',
    'gender from a 64x64 face (SSR-Net)',
    [343725, 'a003e8392a617ca834c7ca2c01e0895f5c354217fb56cd0373935e6e9b9c396e'],
    {
      task: 'attribute',
      input: {
        width: 64,
        height: 64,
        channels: 'BGR',
        ...imageNet,
        crop: { kind: 'box', scale: 1.4, square: true, border: 'shift' },
        resize: 'linear',
      },
      outputs: { gender: { kind: 'probability', class: 'male', other: 'female' } },
      notes: [
        'The package computes the value outside the graph (SSR-Net, three stages); here it is part of the graph, cut to 0..1.',
        'Weak. The package feeds RGB; BGR with the mean of R, G, B in its place is best: accuracy 0.89, AUC 0.95 on 132 FRLL faces, 0.63 and 0.67 on 480 UTKFace faces (RGB: 0.80, 0.90; 0.55, 0.60). For wiring, not for studies.',
      ],
    },
  ),
  entry(
    'fr_age',
    'age in years from a 64x64 face (SSR-Net)',
    [201280, '74c9b01700cb9ef96f7190a2230218414ff99d231415c4b091a755780cad5e8a'],
    {
      task: 'attribute',
      input: {
        width: 64,
        height: 64,
        channels: 'BGR',
        ...imageNet,
        crop: { kind: 'box', scale: 1.4, square: true, border: 'shift' },
        resize: 'linear',
      },
      outputs: { age: { kind: 'regression', quantity: 'age', unit: 'years' } },
      notes: [
        'The package computes the value outside the graph (SSR-Net, three stages); here it is part of the graph.',
        'Poor: mean error 22 to 23 years on 480 UTKFace faces, whatever the channel order and crop. For wiring, not for studies.',
      ],
    },
  ),
  entry(
    'fr_pose',
    'head pose: yaw, pitch and roll from a 224x224 face',
    [5811723, '72d032ec941b7153bf8d3f2c03a4c165453cc7e63d479041ec7c6ef087e5839d'],
    {
      task: 'attribute',
      input: {
        width: 224,
        height: 224,
        channels: 'RGB',
        ...imageNet,
        crop: { kind: 'box', scale: 1.5, square: false, border: 'clip' },
        resize: 'linear',
      },
      outputs: {
        output: { kind: 'other', meaning: 'yaw: logits of 66 bins of 3 degrees from -99' },
        '617': { kind: 'other', meaning: 'pitch: logits of 66 bins of 3 degrees from -99' },
        '618': { kind: 'other', meaning: 'roll: logits of 66 bins of 3 degrees from -99' },
      },
      notes: [
        'Degrees = 3 * expectation over the bins - 99 (Hopenet). On 132 frontal FRLL faces: yaw -1.2 +- 2.2, pitch -6.1 +- 4.9, roll -1.8 +- 2.2; BGR, which the package feeds, gives the same within 0.7.',
        'The box must be enlarged: at 1.0 the yaw scatters by 10 degrees.',
      ],
    },
  ),
  entry(
    'fr_expression',
    'facial expression, seven classes, from a 224x224 face',
    [28156839, '88959314d9dc14d6c968cca31dc068e4350bf1944154e3bdd2eece5d0f318d05'],
    {
      task: 'attribute',
      input: {
        width: 224,
        height: 224,
        channels: 'RGB',
        mean: [0],
        std: [255],
        crop: { kind: 'box', scale: 1, square: false, border: 'clip' },
        resize: 'linear',
      },
      outputs: {
        output: {
          kind: 'logits',
          classes: ['surprise', 'fear', 'disgust', 'happiness', 'sadness', 'anger', 'neutral'],
        },
      },
      notes: [
        'The package does not name its classes. The order is that of RAF-DB; confirmed are happiness (58 of 66 smiling FRLL faces) and neutral (55 of 66 neutral ones; the other 11 come out as happiness), the other five are not.',
        'The package enlarges the box by 1.2 to the right and down; the plain box is a little better (52 and 57 of 66 enlarged about the centre).',
      ],
    },
  ),
];
