/**
 * torchvision's colour adjustments (`torchvision.transforms.functional`, tensors of floats), in place on samples from 0 to
 * 1 with the samples of a pixel side by side; what leaves 0 to 1 is held there after each. An image of one channel has
 * neither saturation nor hue and keeps its samples.
 */
export const adjustments = {
  /** Times a factor. */
  brightness: (samples: Float32Array, _channels: 1 | 3, factor: number) => mixWith(samples, () => 0, factor),
  /** Away from the mean gray of the image by a factor. */
  contrast: (samples: Float32Array, channels: 1 | 3, factor: number) => {
    const mean = meanGray(samples, channels);
    mixWith(samples, () => mean, factor);
  },
  /** Away from the gray of each pixel by a factor. */
  saturation: (samples: Float32Array, channels: 1 | 3, factor: number) => {
    if (channels === 1) return;
    for (let at = 0; at < samples.length; at += 3) {
      const gray = luma(samples[at], samples[at + 1], samples[at + 2]);
      for (let channel = at; channel < at + 3; channel++)
        samples[channel] = held(factor * samples[channel] + (1 - factor) * gray);
    }
  },
  /** The hue turned by a share of the circle; value and saturation (of HSV) stay. */
  hue: (samples: Float32Array, channels: 1 | 3, turn: number) => {
    if (channels === 1) return;
    for (let at = 0; at < samples.length; at += 3) {
      const [hue, saturation, value] = hsvFromRgb(samples[at], samples[at + 1], samples[at + 2]);
      samples.set(rgbFromHsv(hue + turn, saturation, value), at);
    }
  },
} as const satisfies Record<string, (samples: Float32Array, channels: 1 | 3, amount: number) => void>;

export type Adjustment = keyof typeof adjustments;

/** Hue as a share of the circle in [0, 1), saturation and value in [0, 1]. */
export function hsvFromRgb(red: number, green: number, blue: number): [number, number, number] {
  const value = Math.max(red, green, blue);
  const chroma = value - Math.min(red, green, blue);
  if (chroma === 0) return [0, 0, value];
  const sixth =
    value === red
      ? (green - blue) / chroma
      : value === green
        ? 2 + (blue - red) / chroma
        : 4 + (red - green) / chroma;
  return [(sixth / 6 + 1) % 1, chroma / value, value];
}

/** @param hue as a share of the circle; whole turns do not count. */
export function rgbFromHsv(hue: number, saturation: number, value: number): [number, number, number] {
  const sector = (hue - Math.floor(hue)) * 6;
  const channel = (offset: number) => {
    const place = (offset + sector) % 6;
    return value * (1 - saturation * Math.max(0, Math.min(place, 4 - place, 1)));
  };
  return [channel(5), channel(3), channel(1)];
}

function mixWith(samples: Float32Array, other: () => number, factor: number): void {
  for (let at = 0; at < samples.length; at++)
    samples[at] = held(factor * samples[at] + (1 - factor) * other());
}

function meanGray(samples: Float32Array, channels: 1 | 3): number {
  let sum = 0;
  for (let at = 0; at < samples.length; at += channels)
    sum += channels === 1 ? samples[at] : luma(samples[at], samples[at + 1], samples[at + 2]);
  return (sum * channels) / samples.length;
}

/** ITU-R BT.601 with torchvision's digits. */
function luma(red: number, green: number, blue: number): number {
  return 0.2989 * red + 0.587 * green + 0.114 * blue;
}

function held(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}
