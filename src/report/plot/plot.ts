import { markup, type Insert, type Markup } from '../markup.js';

/** The area inside the axes, in units of the drawing. */
export interface PlotArea {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Drawing {
  /** Unique on the page it will stand on. */
  readonly id: string;
  /** Read aloud in place of the drawing; also the tooltip. */
  readonly title: string;
  /** What the drawing shows, for those who do not see it. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
}

/**
 * The colours and fonts of all plots. A page may set the variables (for dark mode); without a page around it a
 * plot is dark on transparent. Blue and orange are of Okabe and Ito's palette, which colour-blind people can
 * tell apart; blue prints darker.
 */
export const plotColours = {
  ink: 'var(--ink, #1a1a1a)',
  muted: 'var(--muted, #595959)',
  grid: 'var(--rule, #d9d9d9)',
  first: 'var(--first, #0072b2)',
  second: 'var(--second, #d55e00)',
} as const;

/** A whole SVG element that scales with the page and has a title and a description. */
export function drawing(
  { id, title, description, width, height }: Drawing,
  ...content: readonly Insert[]
): Markup {
  return markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-description" font-family="Inter, system-ui, sans-serif" font-size="12" fill="${plotColours.ink}">
<title id="${id}-title">${title}</title>
<desc id="${id}-description">${description}</desc>
${content}
</svg>`;
}
