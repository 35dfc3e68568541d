import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { homeFolder } from '../../model/zoo/home-folder.js';

const FILE = 'shape_predictor_68_face_landmarks.dat';
const SYSTEM_FOLDER = '/usr/share/dlib';

/** Where dlib's 68-point predictor is looked for: the home folder, the zoo's place in it, Debian's `libdlib-data`. */
export function dlibPredictorPlaces(home?: string): string[] {
  const folder = homeFolder(home);
  return [join(folder, FILE), join(folder, 'zoo', 'dlib68', FILE), join(SYSTEM_FOLDER, FILE)];
}

/** The first of these places that holds the file. */
export async function findDlibPredictor(home?: string): Promise<string | undefined> {
  for (const place of dlibPredictorPlaces(home)) {
    const there = await access(place).then(
      () => true,
      () => false,
    );
    if (there) return place;
  }
  return undefined;
}
