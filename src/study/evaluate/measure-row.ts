import type { Interval } from '../../measure/interval.js';
import type { Measured } from '../../measure/measured.js';
import type { NoRate, Rate } from '../../measure/rate.js';

/** One number of an evaluation: a row of its tables. */
export interface MeasureRow {
  /** `APCER`, `D-EER`, `true positive rate`, ... */
  readonly measure: string;
  /** The species, class, group or pair of groups that it is about; empty for all. */
  readonly of: string;
  /** The threshold that it holds at, on the scale of the score file; null where there is none. */
  readonly threshold: number | null;
  /** Null where the sample gives none: `remark` says why. */
  readonly value: number | null;
  /** 95 %. */
  readonly low: number | null;
  readonly high: number | null;
  /** `exact`: Clopper-Pearson, which takes the images as independent. `persons`: resampled over persons. */
  readonly interval: 'exact' | 'persons' | null;
  readonly errors: number | null;
  readonly trials: number | null;
  readonly remark: string | null;
  /** Whether the value is a share, to be shown in percent. */
  readonly share: boolean;
}

/** What a row is about. */
export interface RowHead {
  readonly measure: string;
  readonly of?: string | undefined;
  readonly threshold?: number | undefined;
  readonly remark?: string | undefined;
}

/** @param persons an interval over persons, which is shown in place of the exact one. */
export function rateRow(head: RowHead, rate: Rate | NoRate, persons?: Interval): MeasureRow {
  const { errors, trials } = rate;
  if (rate.rate === null)
    return { ...headOf(head), ...none, errors, trials, remark: rate.reason, share: true };
  const { low, high } = persons ?? rate.interval;
  return {
    ...headOf(head),
    value: rate.rate,
    ...{ low, high, interval: persons === undefined ? 'exact' : 'persons' },
    ...{ errors, trials, share: true },
  };
}

export function valueRow(
  head: RowHead,
  value: number,
  interval: Interval | undefined,
  share = true,
): MeasureRow {
  const said = headOf(head);
  return {
    ...said,
    value,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    interval: interval === undefined ? null : 'persons',
    ...{ errors: null, trials: null, share },
    ...(interval === undefined ? { remark: [said.remark, noInterval].filter(Boolean).join('; ') } : {}),
  };
}

export function measuredRow(head: RowHead, measured: Measured, share = true): MeasureRow {
  return measured.value === null
    ? refusedRow(head, measured.reason)
    : valueRow(head, measured.value, measured.interval, share);
}

/** The resamples do not have the value, or all have the same: there were too few errors to resample. */
const noInterval = 'too few errors for an interval';

/** A number that the sample cannot give. */
export function refusedRow(head: RowHead, reason: string): MeasureRow {
  return { ...headOf(head), ...none, errors: null, trials: null, remark: reason, share: true };
}

const none = { value: null, low: null, high: null, interval: null } as const;

function headOf({ measure, of = '', threshold, remark }: RowHead) {
  return { measure, of, threshold: threshold ?? null, remark: remark ?? null };
}
