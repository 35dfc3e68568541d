import type { ImageAnalysis } from './analysis-result.js';

/** A number that every image has. */
export interface Quantity {
  /** Unique among them. */
  readonly name: string;
  /** The output that it is read from. */
  readonly output: string;
  readonly kind: 'class' | 'attribute' | 'number' | 'map';
}

/** The numbers of an image, in the order of the card. */
export function quantitiesOf(analysis: ImageAnalysis): (Quantity & { readonly value: number })[] {
  const named = (kind: Quantity['kind'], scores: ImageAnalysis['classes']) =>
    Object.entries(scores).flatMap(([output, own]) =>
      Object.entries(own).map(([name, value]) => ({ name, output, kind, value })),
    );
  const found = [
    ...named('class', analysis.classes),
    ...named('attribute', analysis.attributes),
    ...Object.entries(analysis.numbers).map(([output, { quantity, unit, value }]) => ({
      name: `${quantity} (${unit})`,
      output,
      kind: 'number' as const,
      value,
    })),
    ...analysis.maps.flatMap(({ output, channels }) =>
      channels.map(({ channel, mean }) => ({
        name: channels.length === 1 ? `${output} mean` : `${output} ${channel} mean`,
        output,
        kind: 'map' as const,
        value: mean,
      })),
    ),
  ];
  const count = new Map<string, number>();
  for (const { name } of found) count.set(name, (count.get(name) ?? 0) + 1);
  return found.map((each) =>
    count.get(each.name) === 1 ? each : { ...each, name: `${each.output}: ${each.name}` },
  );
}
