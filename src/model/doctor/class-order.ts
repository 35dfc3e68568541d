/** Most classes of an output that an order is looked for. */
export const mostClasses = 12;

/**
 * Which output belongs to which label: the assignment with the largest sum of gains, each output used once at most.
 * Exact, by dynamic programming over the set of outputs that are taken.
 *
 * @param gains for each label the gain of each output (such as the AUC of that output for the label); no more labels than
 *   outputs, and no more than `mostClasses` outputs.
 * @returns the output of each label
 */
export function classOrder(gains: readonly (readonly number[])[]): number[] {
  const outputs = gains[0]?.length ?? 0;
  if (gains.length > outputs || outputs > mostClasses) {
    throw new RangeError(`${gains.length} labels cannot be assigned to ${outputs} outputs`);
  }
  let plans = new Map<number, { readonly gain: number; readonly order: readonly number[] }>([
    [0, { gain: 0, order: [] }],
  ]);
  for (const own of gains) {
    const next: typeof plans = new Map();
    for (const [taken, { gain, order }] of plans) {
      own.forEach((more, output) => {
        const set = taken | (1 << output);
        if (set === taken) return;
        const known = next.get(set);
        if (known === undefined || gain + more > known.gain) {
          next.set(set, { gain: gain + more, order: [...order, output] });
        }
      });
    }
    plans = next;
  }
  const [first, ...others] = plans.values();
  return [...others.reduce((best, plan) => (plan.gain > best.gain ? plan : best), first).order];
}
