/** A picture resized about its centre and shifted, in pixels. */
export interface Motion {
  readonly scaleX: number;
  readonly scaleY: number;
  readonly shiftX: number;
  readonly shiftY: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The samples of a moved image, bilinear; beyond its border the edge is repeated. */
export function moveImage(samples: Float32Array, size: Size, channels: 1 | 3, motion: Motion): Float32Array {
  const { width, height } = size;
  const moved = new Float32Array(samples.length);
  const place = sourceOf(size, motion);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [sourceX, sourceY] = place(x, y);
      const heldX = Math.min(Math.max(sourceX, 0), width - 1);
      const heldY = Math.min(Math.max(sourceY, 0), height - 1);
      for (let channel = 0; channel < channels; channel++, at++)
        moved[at] = sampleAt(samples, size, channels, channel, heldX, heldY);
    }
  }
  return moved;
}

/** The same for a mask, which is 0 beyond its border. */
export function moveMask(mask: Float32Array, size: Size, motion: Motion): Float32Array {
  return warpMask(mask, size, sourceOf(size, motion));
}

/** A mask read at `place(x, y)` for every pixel, bilinear, 0 beyond its border. */
export function warpMask(
  mask: Float32Array,
  size: Size,
  place: (x: number, y: number) => readonly [x: number, y: number],
): Float32Array {
  const { width, height } = size;
  const warped = new Float32Array(mask.length);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const [sourceX, sourceY] = place(x, y);
      if (sourceX < 0 || sourceX > width - 1 || sourceY < 0 || sourceY > height - 1) continue;
      warped[at] = sampleAt(mask, size, 1, 0, sourceX, sourceY);
    }
  }
  return warped;
}

function sourceOf({ width, height }: Size, { scaleX, scaleY, shiftX, shiftY }: Motion) {
  const [centreX, centreY] = [(width - 1) / 2, (height - 1) / 2];
  return (x: number, y: number) =>
    [(x - shiftX - centreX) / scaleX + centreX, (y - shiftY - centreY) / scaleY + centreY] as const;
}

/** Bilinear, at a place inside the image. */
function sampleAt(
  samples: Float32Array,
  { width, height }: Size,
  channels: number,
  channel: number,
  x: number,
  y: number,
): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const right = left + 1 < width ? channels : 0;
  const below = top + 1 < height ? width * channels : 0;
  const at = (top * width + left) * channels + channel;
  const upper = samples[at] + (x - left) * (samples[at + right] - samples[at]);
  const lower = samples[at + below] + (x - left) * (samples[at + below + right] - samples[at + below]);
  return upper + (y - top) * (lower - upper);
}
