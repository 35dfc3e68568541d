import type { CatalogueEntry } from '../catalogue-entry.js';

/** What comes from an address instead of a package. */
export const addressed: readonly CatalogueEntry[] = [
  {
    name: 'dlib68',
    task: 'landmarks',
    what: "dlib's 68-point shape predictor (also in Debian's libdlib-data)",
    licence: 'trained on iBUG 300-W, whose licence excludes commercial use',
    source: {
      kind: 'address',
      url: 'http://dlib.net/files/shape_predictor_68_face_landmarks.dat.bz2',
      compression: 'bzip2',
    },
    files: [
      {
        path: 'shape_predictor_68_face_landmarks.dat',
        sha256: 'fbdc2cb80eb9aa7a758672cbfdda32ba6300efe9b6e6c7a299ff7e736b11b92f',
        bytes: 99693937,
      },
    ],
  },
];
