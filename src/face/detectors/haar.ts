import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toGray } from '../../image/gray.js';
import { matFromImage, withMats } from '../../image/mats.js';
import { loadOpenCv, type OpenCv } from '../../image/opencv.js';
import { homeFolder } from '../../model/zoo/home-folder.js';
import { Problem } from '../../problem.js';
import type { Detector } from '../detector.js';
import type { Face } from '../face.js';
import { enlargeFace, reducePhoto, reductionFactor } from '../reduce-photo.js';
import type { DetectorOptions } from './detector-options.js';

const CASCADE = 'haarcascade_frontalface_default.xml';
const SYSTEM_FOLDER = '/usr/share/opencv4/haarcascades';
const SCALE_FACTOR = 1.1;
const MIN_NEIGHBOURS = 4;

/** What opencv-js has, but its type declarations lack (they name all three forms `detectMultiScale`). */
interface Cascade {
  load(file: string): boolean;
  detectMultiScale2(...values: unknown[]): void;
  delete(): void;
}

let cascades = 0;

/**
 * OpenCV's Haar cascade of frontal faces (Viola and Jones, 2001), run by OpenCV itself: scaleFactor 1.1,
 * minNeighbors 4, in OpenCV's order. Gives square boxes of whole pixels; the score is the number of windows that were
 * grouped into the box, so it grows with the size of the face.
 */
export async function openHaar(options: DetectorOptions = {}): Promise<Detector> {
  const file = await findCascade(options);
  const cv = await loadOpenCv();
  const cascade = await loadCascade(cv, file);
  return {
    name: 'haar',
    detect(image) {
      const factor = reductionFactor(image);
      const gray = toGray(reducePhoto(image, factor));
      const smallest = (options.minFaceSize ?? 0) / factor;
      const faces = withMats(cv, (own): Face[] => {
        const objects = own(new cv.RectVector());
        const neighbours = own(new cv.IntVector());
        cascade.detectMultiScale2(
          own(matFromImage(cv, gray)),
          objects,
          neighbours,
          SCALE_FACTOR,
          MIN_NEIGHBOURS,
          0,
          new cv.Size(Math.ceil(smallest), Math.ceil(smallest)),
          new cv.Size(0, 0),
        );
        return Array.from({ length: objects.size() }, (_, i) => {
          const { x, y, width, height } = objects.get(i);
          return { box: { x, y, width, height }, score: neighbours.get(i) };
        });
      });
      return Promise.resolve(faces.map((face) => enlargeFace(face, factor)));
    },
    close() {
      cascade.delete();
      return Promise.resolve();
    },
  };
}

/** OpenCV reads cascades only from files: the text is put into a file of its file system in memory. */
async function loadCascade(cv: OpenCv, file: string): Promise<Cascade> {
  const text = await readFile(file).catch((error: unknown) => {
    throw new Problem(file, `the cascade cannot be read: ${(error as Error).message}`, undefined, {
      cause: error,
    });
  });
  const name = `cascade-${cascades++}.xml`;
  cv.FS_createDataFile('/', name, new Uint8Array(text), true, false, false);
  const cascade = new cv.CascadeClassifier() as unknown as Cascade;
  const refused = new Problem(file, 'OpenCV does not read it as a cascade', `give a file such as ${CASCADE}`);
  try {
    if (!cascade.load(name)) throw refused;
  } catch {
    cascade.delete();
    throw refused;
  }
  return cascade;
}

/** The cascade that was asked for, else the one in the home folder, else the one of Debian's `opencv-data`. */
/**
 * The file of the cascade: the given one, else one in the home folder or where Debian's opencv-data puts it.
 * @throws Problem where there is none.
 */
export async function findCascade(options: DetectorOptions): Promise<string> {
  if (options.cascade !== undefined) return options.cascade;
  const places = [join(homeFolder(options.home), CASCADE), join(SYSTEM_FOLDER, CASCADE)];
  for (const place of places) {
    const there = await access(place).then(
      () => true,
      () => false,
    );
    if (there) return place;
  }
  throw new Problem(
    CASCADE,
    `not found at ${places.join(' or ')}`,
    'install the package opencv-data, or give the file with --cascade, or use the detector mtcnn',
  );
}
