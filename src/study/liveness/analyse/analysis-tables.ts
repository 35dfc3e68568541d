import { stringify } from 'csv-stringify/sync';
import type { AnalysedImage } from './analysed-images.js';
import type { ComparedQuantity, Side, SideMean } from './compare-groups.js';
import { quantitiesOf } from './quantities.js';

/** One line an image: P(attack), every class and attribute by its name, and the range of every map. */
export function imagesTable(
  images: readonly AnalysedImage[],
  pathOf: (name: string) => string,
  labelOf: (name: string) => string | undefined,
  sideOf: (name: string) => Side | undefined,
): string {
  const rows = images.map(({ name, result }) => ({
    path: pathOf(name),
    score: result.pAttack,
    label: labelOf(name) ?? '',
    side: sideOf(name) ?? '',
    ...Object.fromEntries(quantitiesOf(result).map((quantity) => [quantity.name, quantity.value])),
    ...Object.fromEntries(
      result.maps.flatMap(({ output, channels }) =>
        channels.flatMap(({ channel, minimum, maximum, flat }): [string, string | number][] => {
          const map = channels.length === 1 ? output : `${output} ${channel}`;
          return [
            [`${map} minimum`, minimum],
            [`${map} maximum`, maximum],
            [`${map} flat`, flat ? 'yes' : 'no'],
          ];
        }),
      ),
    ),
  }));
  return stringify(rows, { header: true });
}

/** One line a quantity: its mean over bona fides and over attacks with 95 % intervals. */
export function quantitiesTable(compared: readonly ComparedQuantity[]): string {
  const side = (name: string, { mean, n, interval }: SideMean) => ({
    [name]: mean,
    [`${name} low`]: interval?.low,
    [`${name} high`]: interval?.high,
    [`${name} n`]: n,
  });
  const rows = compared.map(({ output, name, kind, bonaFide, attack, difference }) => ({
    output,
    name,
    kind,
    ...side('bona fide', bonaFide),
    ...side('attack', attack),
    difference: difference?.value,
    'difference low': difference?.interval?.low,
    'difference high': difference?.interval?.high,
  }));
  return stringify(rows, { header: true });
}
