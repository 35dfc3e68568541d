import type { Face } from './face.js';

export const faceSelections = ['first', 'largest', 'confident'] as const;

/** Which face of a photograph is meant: the detector's first, the one with the largest box, or the surest. */
export type FaceSelection = (typeof faceSelections)[number];

/** One face of the list, the earlier one of equals; undefined where the list is empty. */
export function selectFace(faces: readonly Face[], selection: FaceSelection = 'largest'): Face | undefined {
  const rank: Record<FaceSelection, (face: Face) => number> = {
    first: () => 0,
    largest: ({ box }) => box.width * box.height,
    confident: ({ score }) => score,
  };
  const value = rank[selection];
  let best = faces[0];
  for (const face of faces) if (value(face) > value(best)) best = face;
  return best;
}
