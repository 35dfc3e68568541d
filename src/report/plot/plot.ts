import { markup, type Insert, type Markup } from '../markup.js';
import { colourNames, themes, type ColourName } from '../theme.js';

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

/** An SVG element: its text, and what is needed to put it into a larger drawing. */
export interface Plot extends Drawing, Markup {
  /** What is inside the element. */
  readonly content: Markup;
}

/** The width of a plot in its own units: 12 units are a line of text, so a plot fits a phone or a journal's column. */
export const plotWidth = 400;

/**
 * The colours of all plots. A page sets the variables (for dark mode); without a page around it a plot is dark on
 * transparent.
 */
export const plotColours = Object.fromEntries(
  colourNames.map((name) => [name, `var(--${name}, ${themes.light[name]})`]),
) as Readonly<Record<ColourName, string>>;

/** The mean width of a letter, in ems; wide enough for capitals now and then. */
export const letterWidth = 0.58;

/** A whole SVG element that scales with the page and has a title and a description. */
export function drawing(about: Drawing, ...inserts: readonly Insert[]): Plot {
  const { id, title, description, width, height } = about;
  const content = markup`${inserts}`;
  const svg = markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-description" font-family="Inter, system-ui, sans-serif" font-size="12" fill="${plotColours.ink}">
<title id="${id}-title">${title}</title>
<desc id="${id}-description">${description}</desc>
${content}
</svg>`;
  return Object.assign(svg, { ...about, content });
}
