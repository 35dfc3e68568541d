import { scaleLinear, scaleLog } from 'd3-scale';

import { normalDeviate } from '../../measure/normal-deviate.js';
import { valueFormat } from '../value-format.js';

/** Where the values of an axis lie, and the values that are written beside it. */
export interface PlotScale {
  /** The place of a value, in units of the drawing. */
  readonly at: (value: number) => number;
  readonly ticks: readonly Tick[];
  /** The values at both ends. */
  readonly domain: readonly [low: number, high: number];
}

export interface Tick {
  readonly value: number;
  readonly text: string;
}

/** The places of both ends of an axis, in units of the drawing. */
export type Ends = readonly [low: number, high: number];

/**
 * A linear scale that spans all finite values, with round ends.
 * @param count about as many ticks.
 */
export function linearScale(ends: Ends, values: Iterable<number>, count: number): PlotScale {
  const finite = [...values].filter(Number.isFinite);
  const lowest = finite.length === 0 ? 0 : Math.min(...finite);
  const highest = finite.length === 0 ? 1 : Math.max(...finite);
  const pad = lowest === highest ? Math.abs(lowest) / 2 || 0.5 : 0;
  const scale = scaleLinear([lowest - pad, highest + pad], ends).nice(count);
  const ticks = scale.ticks(count);
  const format = valueFormat(ticks);
  return { at: scale, ticks: ticks.map((value) => ({ value, text: format(value) })), domain: spanOf(scale) };
}

/** A linear scale of rates from 0 that reaches at least to the largest; its ticks are in percent, without the sign. */
export function rateScale(ends: Ends, values: Iterable<number>, count: number): PlotScale {
  const highest = Math.max(0, ...[...values].filter(Number.isFinite));
  const scale = scaleLinear([0, highest || 1], ends).nice(count);
  return {
    at: scale,
    ticks: scale.ticks(count).map((value) => ({ value, text: percentText(value) })),
    domain: spanOf(scale),
  };
}

/** A logarithmic scale of rates from `lowest`, above 0, to 1; ticks at the powers of ten, in percent. */
export function logRateScale(ends: Ends, lowest: number): PlotScale {
  const decades = Math.max(1, Math.ceil(-Math.log10(lowest) - 1e-9));
  const scale = scaleLog([10 ** -decades, 1], ends);
  const ticks = Array.from({ length: decades + 1 }, (_, at) => {
    const value = 10 ** (at - decades);
    return { value, text: percentText(value) };
  });
  return { at: scale, ticks, domain: spanOf(scale) };
}

/** Rates that an axis of normal deviates can be labelled with. */
const deviateRates = [1e-5, 1e-4, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9];
const labelledRates = [
  ...deviateRates,
  ...deviateRates
    .filter((rate) => rate < 0.1)
    .map((rate) => 1 - rate)
    .reverse(),
];

/**
 * A scale of rates by their normal deviates, as DET plots have; ticks in percent.
 * @param low the rate at the first end, in (0, 1); `high` at the other, above it.
 * @param spacing between two ticks, at least, in units of the drawing.
 */
export function deviateScale(ends: Ends, low: number, high: number, spacing: number): PlotScale {
  const scale = scaleLinear([normalDeviate(low), normalDeviate(high)], ends);
  const at = (rate: number) => scale(normalDeviate(rate));
  const ticks: Tick[] = [];
  for (const value of labelledRates.filter((rate) => rate >= low && rate <= high)) {
    const last = ticks.at(-1);
    if (last === undefined || Math.abs(at(value) - at(last.value)) >= spacing) {
      ticks.push({ value, text: percentText(value) });
    }
  }
  return { at, ticks, domain: [low, high] };
}

/** A rate in percent without superfluous digits or the sign: 0.001 as 0.1. */
export function percentText(rate: number): string {
  return String(Number((rate * 100).toPrecision(6)));
}

function spanOf(scale: { domain: () => number[] }): [number, number] {
  const [low, high] = scale.domain();
  return [low, high];
}
