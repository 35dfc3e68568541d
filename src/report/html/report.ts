import type { Markup } from '../markup.js';

/** Everything a report shows. Plain data apart from the plots; all strings may come from outside. */
export interface Report {
  readonly title: string;
  /** What was asked, in one sentence. */
  readonly question: string;
  /** The answer in plain words, the first sentence alone being enough. */
  readonly keyResults: readonly string[];
  /** What a reader wants to know at once: model, data set, number of images, date. */
  readonly facts: readonly Fact[];
  readonly sections: readonly Section[];
  readonly settings: readonly Fact[];
  /** Inputs that gave no result; nothing is left out of this list. */
  readonly notProcessed: readonly NotProcessed[];
  /** Versions, hashes, seeds. */
  readonly provenance: readonly Fact[];
  /** How to read the figures, and what they do not say. */
  readonly howToRead: readonly string[];
  /** With 'withheld' no image that shows a photograph is put into the page. */
  readonly photographs: 'shown' | 'withheld';
}

export interface Fact {
  readonly name: string;
  readonly value: string;
}

export interface NotProcessed {
  readonly file: string;
  readonly reason: string;
}

interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: 'text'; readonly paragraphs: readonly string[] }
  | { readonly kind: 'figures'; readonly figures: readonly FigureBlock[] }
  | ({ readonly kind: 'plot' } & PlotBlock)
  /** Side by side where there is room. */
  | { readonly kind: 'plots'; readonly plots: readonly PlotBlock[] }
  | TableBlock
  | HeatTableBlock
  | { readonly kind: 'gallery'; readonly items: readonly GalleryItem[] };

export interface PlotBlock {
  readonly plot: Markup;
  readonly caption: string;
}

export interface FigureBlock {
  readonly image: ReportImage;
  /** On a narrow screen it scrolls by itself, instead of becoming too small to read. */
  readonly wide?: boolean;
  readonly caption: string;
}

export interface TableBlock {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly { readonly name: string; readonly numeric?: boolean }[];
  /** As many cells a row as there are columns. */
  readonly rows: readonly (readonly string[])[];
}

/** A table of shares whose cells are tinted by them: the numbers stand in the cells, the tint only guides the eye. */
export interface HeatTableBlock {
  readonly kind: 'heat';
  readonly caption: string;
  /** What the rows are, then what the columns are. */
  readonly head: readonly [rows: string, ...columns: string[]];
  readonly rows: readonly {
    readonly label: string;
    /** One a column; undefined where there is nothing to show. */
    readonly cells: readonly (HeatCell | undefined)[];
  }[];
}

export interface HeatCell {
  /** In [0, 1]: how strongly the cell is tinted. */
  readonly share: number;
  readonly text: string;
  /** Under the text, smaller: the interval and the counts. */
  readonly detail: string;
}

/** One image of the data set: what it was and what the map says. */
export interface GalleryItem {
  readonly name: string;
  /** Score, label, decision: short lines under the name. */
  readonly lines: readonly string[];
  /** Side by side: the photograph, then its overlays. */
  readonly images: readonly FigureBlock[];
}

/** An image inside the page, made by `reportImage`. */
export interface ReportImage {
  /** `data:image/...;base64,...` */
  readonly address: string;
  readonly width: number;
  readonly height: number;
  /** Whether a face may be seen in it: a photograph, or an overlay on one. */
  readonly showsPhotograph: boolean;
}
