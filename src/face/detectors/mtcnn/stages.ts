import type { Session } from '../../../model/session.js';
import type { Tensor } from '../../../tensor/tensor.js';
import { suppressNonMaxima } from '../../non-maximum-suppression.js';
import { inLanes } from './in-lanes.js';
import type { ReusedBuffers } from './reused-buffers.js';
import type { SummedArea } from './summed-area.js';

/**
 * A window that may hold a face, by its corners in the coordinates of the original Matlab code: the first pixel is 1.
 */
export interface Window {
  left: number;
  top: number;
  right: number;
  bottom: number;
  score: number;
}

interface RegressedWindow extends Window {
  /** Shifts of left, top, right and bottom in units of the window's sides. */
  regression: readonly [number, number, number, number];
}

export interface LocatedWindow extends Window {
  /** x of the image-left eye, image-right eye, nose, image-left and image-right mouth corner, then the five y. */
  points: readonly number[];
}

/** P-Net sees windows of 12 pixels, every other pixel. */
const CELL = 12;
const STRIDE = 2;
/**
 * Windows that one run judges: P-Net at least this many, in whole columns, R-Net and O-Net this many. What lies between
 * the layers of a network then stays in the processor's cache, and the results are the same to the bit.
 */
const PNET_BATCH = 12000;
const BATCH = 32;

/** The scales at which a face of `minFaceSize` pixels or more fills P-Net's window, each `factor` of the one before. */
export function pyramidScales(width: number, height: number, minFaceSize: number, factor: number): number[] {
  const scales: number[] = [];
  let scale = CELL / minFaceSize;
  let shorter = Math.min(width, height) * scale;
  while (shorter >= CELL) {
    scales.push(scale);
    scale *= factor;
    shorter *= factor;
  }
  return scales;
}

/** How a stage works on a photograph. */
export interface StageTools {
  /** Runs that are under way at once. */
  readonly runsAtOnce: number;
  readonly buffers: ReusedBuffers<Float32Array<ArrayBuffer>>;
}

/** First stage: P-Net over the pyramid. Gives square windows. */
export async function propose(
  image: SummedArea,
  network: Session,
  scales: readonly number[],
  threshold: number,
  { runsAtOnce, buffers }: StageTools,
): Promise<Window[]> {
  const levels = await inLanes(scales, runsAtOnce, async (scale) => {
    const columns = Math.trunc(image.width * scale + 1);
    const rows = Math.trunc(image.height * scale + 1);
    const data = buffers.take(columns * rows * 3);
    image.writePooled({ left: 0, top: 0, right: image.width, bottom: image.height }, columns, rows, data, 0);
    const outputs = await judgeLevel(network, data, columns, rows);
    buffers.giveBack(data);
    return suppressNonMaxima(windowsOfLevel(outputs, scale, threshold), 0.5);
  });
  return suppressNonMaxima(levels.flat(), 0.7).map(({ left, top, right, bottom, score, regression }) => {
    const width = right - left;
    const height = bottom - top;
    return square({
      left: left + regression[0] * width,
      top: top + regression[1] * height,
      right: right + regression[2] * width,
      bottom: bottom + regression[3] * height,
      score,
    });
  });
}

/** What P-Net says about a level of the pyramid: [columns of windows, rows of windows, values]. */
interface JudgedLevel {
  readonly columns: number;
  readonly rows: number;
  readonly probability: Float32Array;
  readonly regression: Float32Array;
}

/** Runs P-Net over a level, in strips of columns that overlap by what its windows reach over. */
async function judgeLevel(
  network: Session,
  data: Float32Array,
  width: number,
  height: number,
): Promise<JudgedLevel> {
  const columns = windowsAlong(width);
  const rows = windowsAlong(height);
  const probability = new Float32Array(columns * rows * 2);
  const regression = new Float32Array(columns * rows * 4);
  const strip = Math.ceil(PNET_BATCH / rows);
  const firsts = Array.from({ length: Math.ceil(columns / strip) }, (_, i) => i * strip);
  await Promise.all(
    firsts.map(async (first) => {
      const from = first * STRIDE;
      const to = first + strip < columns ? (first + strip - 1) * STRIDE + CELL : width;
      const part = data.subarray(from * height * 3, to * height * 3);
      const outputs = await run(network, part, [1, to - from, height, 3]);
      probability.set(output(outputs, 2).data, first * rows * 2);
      regression.set(output(outputs, 4).data, first * rows * 4);
    }),
  );
  return { columns, rows, probability, regression };
}

/** P-Net's windows along a side: a pixel that lacks its neighbour makes one more. */
function windowsAlong(length: number): number {
  return Math.ceil((length - CELL) / STRIDE) + 1;
}

/** Second stage: R-Net judges and moves the windows. Gives square windows. */
export async function refine(
  image: SummedArea,
  network: Session,
  windows: readonly Window[],
  threshold: number,
  tools: StageTools,
): Promise<Window[]> {
  const sure = await judge(image, network, windows, 24, threshold, tools);
  return suppressNonMaxima(sure, 0.7).map((window) => square(moved(window)));
}

/** Third stage: O-Net judges and moves the windows and places five points. The surest face comes first. */
export async function locate(
  image: SummedArea,
  network: Session,
  windows: readonly Window[],
  threshold: number,
  tools: StageTools,
): Promise<LocatedWindow[]> {
  const sure = await judge(image, network, windows, 48, threshold, tools);
  const located = sure.map((window) => {
    const width = window.right - window.left + 1;
    const height = window.bottom - window.top + 1;
    const points = window.shape.map((share, i) =>
      i < 5 ? share * width + window.left - 1 : share * height + window.top - 1,
    );
    return { ...moved(window), points };
  });
  return suppressNonMaxima(located, 0.7, { measure: 'smaller', inclusive: true });
}

/** The probability, regression and (O-Net) shape of each window that has pixels in the image and is sure enough. */
async function judge(
  image: SummedArea,
  network: Session,
  windows: readonly Window[],
  side: number,
  threshold: number,
  { runsAtOnce, buffers }: StageTools,
): Promise<(RegressedWindow & { shape: readonly number[] })[]> {
  const parts = windows
    .map((window) => ({ window, part: pixelsOf(window, image) }))
    .filter(({ part }) => part.right > part.left && part.bottom > part.top);
  const cells = side * side * 3;
  const starts = Array.from({ length: Math.ceil(parts.length / BATCH) }, (_, i) => i * BATCH);
  const judged = await inLanes(starts, runsAtOnce, async (start) => {
    const batch = parts.slice(start, start + BATCH);
    const data = buffers.take(batch.length * cells);
    batch.forEach(({ part }, row) => image.writePooled(part, side, side, data, row * cells));
    const outputs = await run(network, data, [batch.length, side, side, 3]);
    buffers.giveBack(data);
    const probability = output(outputs, 2).data;
    const regression = output(outputs, 4).data;
    const shape = side === 48 ? output(outputs, 10).data : undefined;
    return batch.flatMap(({ window }, row) => {
      const score = probability[row * 2 + 1];
      // Most windows end here: nothing is made of them.
      if (!(score > threshold)) return [];
      return {
        ...window,
        score,
        regression: quadruple(regression, row * 4),
        shape: shape === undefined ? [] : [...shape.subarray(row * 10, row * 10 + 10)],
      };
    });
  });
  return judged.flat();
}

/** The windows of one level of the pyramid whose probability reaches the threshold. */
function windowsOfLevel(
  { columns, rows, probability, regression }: JudgedLevel,
  scale: number,
  threshold: number,
): RegressedWindow[] {
  const windows: RegressedWindow[] = [];
  // In float32, as the reference: the quotients are often whole numbers but for the rounding.
  const { fround, floor } = Math;
  const corner = (cell: number, size: number) => floor(fround((STRIDE * cell + size) / fround(scale)));
  // Row by row, as the reference lists them: the order decides between equal scores.
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const cell = column * rows + row;
      const score = probability[cell * 2 + 1];
      if (score < threshold) continue;
      windows.push({
        left: corner(column, 1),
        top: corner(row, 1),
        right: corner(column, CELL),
        bottom: corner(row, CELL),
        score,
        regression: quadruple(regression, cell * 4),
      });
    }
  }
  return windows;
}

function moved({ left, top, right, bottom, score, regression }: RegressedWindow): Window {
  const width = right - left + 1;
  const height = bottom - top + 1;
  return {
    left: left + regression[0] * width,
    top: top + regression[1] * height,
    right: right + regression[2] * width,
    bottom: bottom + regression[3] * height,
    score,
  };
}

/** The square about the window's centre with its longer side. */
function square({ left, top, right, bottom, score }: Window): Window {
  const width = right - left;
  const height = bottom - top;
  const side = Math.max(width, height);
  const squareLeft = left + width * 0.5 - side * 0.5;
  const squareTop = top + height * 0.5 - side * 0.5;
  return { left: squareLeft, top: squareTop, right: squareLeft + side, bottom: squareTop + side, score };
}

/** The pixels of a window that lie in the image, half-open and counted from 0. */
function pixelsOf(window: Window, image: { readonly width: number; readonly height: number }) {
  return {
    left: Math.max(Math.trunc(window.left), 1) - 1,
    top: Math.max(Math.trunc(window.top), 1) - 1,
    right: Math.min(Math.trunc(window.right), image.width),
    bottom: Math.min(Math.trunc(window.bottom), image.height),
  };
}

function run(
  network: Session,
  data: Float32Array,
  shape: readonly number[],
): Promise<Record<string, Tensor>> {
  return network.run({ [network.inputs[0].name]: { data, shape } });
}

/** The output with so many values a window: 2 probabilities (no face, face), 4 shifts, 10 coordinates. */
function output(outputs: Readonly<Record<string, Tensor>>, values: number): Tensor {
  const found = Object.values(outputs).find(({ shape }) => shape.at(-1) === values);
  if (found === undefined) throw new Error(`An MTCNN network has no output of ${values} values a window.`);
  return found;
}

function quadruple(data: Float32Array, at: number): [number, number, number, number] {
  return [data[at], data[at + 1], data[at + 2], data[at + 3]];
}
