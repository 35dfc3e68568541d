import { divergingColourMapNames } from '../../image/colour-map/colour-map.js';
import { type ColourScale, rangeScale, symmetricScale } from '../../image/colour-map/colour-scale.js';

/** The ends of the colour bar of signed values: a diverging colour map has 0 in its middle, any other the true range. */
export function mapScale(colormap: string, values: Iterable<number>): ColourScale {
  return divergingColourMapNames.includes(colormap.replace(/_r$/, ''))
    ? symmetricScale(values)
    : rangeScale(values);
}
