import { interruptSignal } from '../jobs/interrupt.js';
import type { FindFacesOptions, FacesOfImage } from '../study/faces/find-faces.js';
import { exitStatus } from './exit-status.js';
import { renderer, type TerminalOptions } from './run-study.js';

/** Finds faces and prints them: a line a face, or one JSON document. */
export async function showFaces(options: FindFacesOptions & TerminalOptions): Promise<void> {
  const interrupt = interruptSignal((message) => console.error(message));
  try {
    const { findFaces } = await import('../study/faces/find-faces.js');
    const images = await findFaces(options, { signal: interrupt.signal, listen: await renderer(options) });
    if (options.json === true) console.log(JSON.stringify(images, null, 2));
    else for (const image of images) for (const line of describe(image)) console.log(line);
    const failed = images.filter((image) => 'error' in image).length;
    if (failed === images.length) process.exitCode = exitStatus.failed;
    else if (failed > 0 && options.strict === true) process.exitCode = exitStatus.incomplete;
  } finally {
    interrupt.dispose();
  }
}

function describe(image: FacesOfImage): string[] {
  if ('error' in image) return [];
  if (image.faces.length === 0) return [`${image.file}\tno face`];
  return image.faces.map(({ box, score, landmarks, error }) => {
    const [x, y, width, height] = box.map((value) => value.toFixed(1));
    const confidence = score === null ? '' : `\tscore ${score.toPrecision(4)}`;
    const points = error ?? (landmarks === undefined ? '' : `${landmarks.length} landmarks`);
    return `${image.file}\tx ${x} y ${y} w ${width} h ${height}${confidence}${points === '' ? '' : `\t${points}`}`;
  });
}
