import type { SKRSContext2D } from '@napi-rs/canvas';

import { figureFont } from './fonts.js';

export type Weight = 'normal' | 'bold';

export function setFont(context: SKRSContext2D, weight: Weight, size: number): void {
  context.font = `${weight} ${size}px ${figureFont}`;
}

/** The text, or as much of its beginning as fits with an ellipsis, in the font that is set. */
export function fitted(context: SKRSContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) {
    return text;
  }
  const characters = Array.from(new Intl.Segmenter('en').segment(text), ({ segment }) => segment);
  let low = 0;
  let high = characters.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const shortened = `${characters.slice(0, middle).join('').trimEnd()}…`;
    if (context.measureText(shortened).width <= width) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return `${characters.slice(0, low).join('').trimEnd()}…`;
}

/** The text in at most `most` lines broken at spaces, the last one cut with an ellipsis where it is too long. */
export function wrapped(context: SKRSContext2D, text: string, width: number, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || lines.length === most - 1 || context.measureText(longer).width <= width) {
      line = longer;
    } else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line].map((each) => fitted(context, each, width));
}
