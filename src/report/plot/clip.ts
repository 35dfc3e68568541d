import { markup, type Insert, type Markup } from '../markup.js';
import type { PlotArea } from './plot.js';

/** What lies inside the area; the rest is not drawn. */
export function clipped(
  id: string,
  { left, top, right, bottom }: PlotArea,
  ...content: readonly Insert[]
): Markup {
  return markup`<clipPath id="${id}-area"><rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}"/></clipPath>
<g clip-path="url(#${id}-area)">
${content}</g>
`;
}
