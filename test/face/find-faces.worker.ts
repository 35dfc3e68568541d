import { parentPort, workerData } from 'node:worker_threads';
import { decodeImage } from '../../src/dataset/decode-image.js';
import type { DetectorName } from '../../src/face/detector.js';
import { openDetector } from '../../src/face/open-detector.js';
import { openLandmarkModel, type LandmarkModelOptions } from '../../src/face/open-landmark-model.js';

/** What a worker thread finds in a photograph with networks of its own; the test compares it with the main thread's. */
export interface FindFacesData {
  readonly photograph: string;
  readonly detector: DetectorName | undefined;
  readonly landmarks: LandmarkModelOptions;
}

const { photograph, detector: name, landmarks } = workerData as FindFacesData;
const { image } = await decodeImage(photograph);
const model = await openLandmarkModel({ ...landmarks, inline: true });
if (name === undefined) {
  const box = { x: 10, y: 20, width: 65, height: 65 };
  parentPort?.postMessage({ model: model.name, points: await model.landmarks(image, box) });
} else {
  const detector = await openDetector(name, { inline: true });
  const faces = await detector.detect(image);
  const points = await Promise.all(faces.map(({ box }) => model.landmarks(image, box)));
  parentPort?.postMessage({ model: model.name, faces, points });
  await detector.close();
}
await model.close();
