import { setImmediate } from 'node:timers/promises';
import { SerialisedFile } from './serialised-file.js';
import type { ShapePredictor } from './shape-predictor.js';

const LARGEST_COUNT = 0xffff;
/** No float takes fewer bytes: two integers of one byte behind their control bytes. */
const MIN_FLOAT_BYTES = 4;

/**
 * Reads a shape predictor as dlib's `serialize` writes it (dlib/image_processing/shape_predictor.h): version 1, initial
 * shape, forests, anchors, deltas. Gives the thread back between the cascades, so a file of 100 MB does not stop it.
 *
 * @throws Problem where the file is missing, cut short, damaged or something else.
 */
export async function readShapePredictor(path: string): Promise<ShapePredictor> {
  const file = new SerialisedFile(path);
  try {
    const version = file.integer();
    if (version !== 1) throw file.damaged(`its version is ${version}, not 1`);
    const initialShape = readColumn(file);
    const coordinates = initialShape.length;
    if (coordinates === 0 || coordinates % 2 !== 0)
      throw file.damaged(`a shape has ${coordinates} coordinates`);

    const cascades = file.index(LARGEST_COUNT, 'the number of cascades');
    let trees = 0;
    let splits = 0;
    let first = sharedUint16(0);
    let second = sharedUint16(0);
    let threshold = sharedFloat32(0);
    let leaves = sharedFloat32(0);
    for (let cascade = 0; cascade < cascades; cascade++) {
      const treesHere = file.index(LARGEST_COUNT, 'the number of trees');
      if (cascade > 0 && treesHere !== trees)
        throw file.damaged('its cascades have different numbers of trees');
      trees = treesHere;
      for (let tree = 0; tree < trees; tree++) {
        const splitsHere = file.index(LARGEST_COUNT, 'the number of splits');
        if (cascade === 0 && tree === 0) {
          splits = splitsHere;
          const nodes = cascades * trees * splits;
          const values = cascades * trees * (splits + 1) * coordinates;
          // Checked before the memory is asked for: a damaged count must not exhaust it.
          if (values * MIN_FLOAT_BYTES > file.bytes) throw file.damaged('it is too small for its forests');
          first = sharedUint16(nodes);
          second = sharedUint16(nodes);
          threshold = sharedFloat32(nodes);
          leaves = sharedFloat32(values);
        }
        if (splitsHere !== splits) throw file.damaged('its trees differ in size');
        const node = (cascade * trees + tree) * splits;
        for (let i = node; i < node + splits; i++) {
          first[i] = file.index(LARGEST_COUNT, 'a pixel index');
          second[i] = file.index(LARGEST_COUNT, 'a pixel index');
          file.floats(threshold, i, 1);
        }
        const leafCount = file.index(LARGEST_COUNT, 'the number of leaves');
        if (leafCount !== splits + 1)
          throw file.damaged(`a tree of ${splits} splits has ${leafCount} leaves`);
        let leaf = (cascade * trees + tree) * leafCount * coordinates;
        for (let i = 0; i < leafCount; i++, leaf += coordinates) {
          if (columnLength(file) !== coordinates) throw file.damaged('a leaf is not as long as the shape');
          file.floats(leaves, leaf, coordinates);
        }
      }
      await setImmediate();
    }
    if ((splits & (splits + 1)) !== 0)
      throw file.damaged(`a tree has ${splits} splits, which is not 2^depth - 1`);

    const { pixels, anchor } = readAnchors(file, cascades, coordinates / 2);
    for (let i = 0; i < first.length; i++) {
      if (first[i] >= pixels || second[i] >= pixels) throw file.damaged('a pixel index is out of range');
    }
    const delta = readDeltas(file, cascades, pixels);
    file.expectEnd();
    return {
      parts: coordinates / 2,
      cascades,
      trees,
      splits,
      pixels,
      initialShape,
      first,
      second,
      threshold,
      leaves,
      anchor,
      delta,
    };
  } finally {
    file.close();
  }
}

function readAnchors(
  file: SerialisedFile,
  cascades: number,
  parts: number,
): { pixels: number; anchor: Uint16Array } {
  expectCascades(file, cascades);
  let pixels = 0;
  let anchor = sharedUint16(0);
  for (let cascade = 0; cascade < cascades; cascade++) {
    const here = file.index(LARGEST_COUNT, 'the number of pixels');
    if (cascade === 0) {
      pixels = here;
      anchor = sharedUint16(cascades * pixels);
    }
    if (here !== pixels) throw file.damaged('its cascades look up different numbers of pixels');
    for (let i = 0; i < pixels; i++) anchor[cascade * pixels + i] = file.index(parts - 1, 'an anchor');
  }
  return { pixels, anchor };
}

function readDeltas(file: SerialisedFile, cascades: number, pixels: number): Float32Array {
  expectCascades(file, cascades);
  const delta = sharedFloat32(cascades * pixels * 2);
  for (let cascade = 0; cascade < cascades; cascade++) {
    const here = file.index(LARGEST_COUNT, 'the number of deltas');
    if (here !== pixels) throw file.damaged('it has not one delta for each pixel');
    file.floats(delta, cascade * pixels * 2, pixels * 2);
  }
  return delta;
}

function expectCascades(file: SerialisedFile, cascades: number): void {
  const here = file.index(LARGEST_COUNT, 'the number of cascades');
  if (here !== cascades) throw file.damaged(`it has ${cascades} forests but ${here} sets of pixels`);
}

function readColumn(file: SerialisedFile): Float32Array {
  const length = columnLength(file);
  const column = sharedFloat32(length);
  file.floats(column, 0, length);
  return column;
}

/** The number of rows of a dlib column vector; dlib writes the sizes of a matrix negated (dlib/matrix/matrix.h). */
function columnLength(file: SerialisedFile): number {
  const rows = Math.abs(file.integer());
  const columns = Math.abs(file.integer());
  if (columns !== 1 || rows > LARGEST_COUNT) throw file.damaged(`a column vector is ${rows} x ${columns}`);
  return rows;
}

function sharedFloat32(length: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(length * 4));
}

function sharedUint16(length: number): Uint16Array {
  return new Uint16Array(new SharedArrayBuffer(length * 2));
}
