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
        channels: 'RGB',
        mean: [127.5],
        std: [127.5],
        crop: { kind: 'template', template: 'arcface' },
        resize: 'linear',
      },
      outputs: { output: { kind: 'embedding', normalised: false } },
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
    'fr_pose',
    'head pose: yaw, pitch and roll from a 224x224 face',
    [5811723, '72d032ec941b7153bf8d3f2c03a4c165453cc7e63d479041ec7c6ef087e5839d'],
    {
      task: 'attribute',
      input: {
        width: 224,
        height: 224,
        channels: 'BGR',
        ...imageNet,
        crop: { kind: 'box', scale: 1.5, square: false, border: 'clip' },
        resize: 'linear',
      },
      outputs: {
        output: { kind: 'other', meaning: 'yaw: logits of 66 bins of 3 degrees from -99' },
        '617': { kind: 'other', meaning: 'pitch: logits of 66 bins of 3 degrees from -99' },
        '618': { kind: 'other', meaning: 'roll: logits of 66 bins of 3 degrees from -99' },
      },
    },
  ),
];
