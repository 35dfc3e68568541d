import { markup, type Markup } from '../markup.js';
import type {
  Block,
  FigureBlock,
  GalleryItem,
  HeatTableBlock,
  PlotBlock,
  Report,
  ReportImage,
  TableBlock,
} from './report.js';

/** One block of a section as HTML. */
export function blockMarkup(block: Block, photographs: Report['photographs']): Markup {
  switch (block.kind) {
    case 'text':
      return markup`${block.paragraphs.map((text) => markup`<p>${text}</p>\n`)}`;
    case 'figures':
      return markup`<div class="figures">${block.figures.map((figure) => figureMarkup(figure, photographs))}</div>\n`;
    case 'plot':
      return plotMarkup(block);
    case 'plots':
      return markup`<div class="plots">${block.plots.map(plotMarkup)}</div>\n`;
    case 'table':
      return tableMarkup(block.caption, block.columns, block.rows);
    case 'heat':
      return heatMarkup(block);
    case 'gallery':
      return markup`<div class="gallery">${block.items.map((item) => itemMarkup(item, photographs))}</div>\n`;
  }
}

/** A table with a caption; wider than the screen it scrolls by itself. */
export function tableMarkup(
  caption: string,
  columns: TableBlock['columns'],
  rows: TableBlock['rows'],
): Markup {
  const style = (column: number) => (columns[column]?.numeric === true ? markup` class="number"` : undefined);
  const head = columns.map(({ name }, column) => markup`<th scope="col"${style(column)}>${name}</th>`);
  const body = rows.map(
    (cells) => markup`<tr>${cells.map((cell, column) => markup`<td${style(column)}>${cell}</td>`)}</tr>\n`,
  );
  return markup`<div class="scroll"><table><caption><span>${caption}</span></caption><thead><tr>${head}</tr></thead>
<tbody>${body}</tbody></table></div>
`;
}

function heatMarkup({ caption, head, rows }: HeatTableBlock): Markup {
  const body = rows.map(({ label, cells }) => {
    const drawn = cells.map((cell) =>
      cell === undefined
        ? markup`<td>–</td>`
        : markup`<td style="--heat: ${cell.share.toFixed(3)}">${cell.text}<small>${cell.detail}</small></td>`,
    );
    return markup`<tr><th scope="row">${label}</th>${drawn}</tr>\n`;
  });
  return markup`<div class="scroll"><table class="heat"><caption><span>${caption}</span></caption><thead><tr>${head.map((name) => markup`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${body}</tbody></table></div>
`;
}

function plotMarkup({ plot, caption }: PlotBlock): Markup {
  return markup`<figure class="plot">${plot}<figcaption>${caption}</figcaption></figure>\n`;
}

function figureMarkup({ image, caption, wide }: FigureBlock, photographs: Report['photographs']): Markup {
  const drawn = imageMarkup(image, caption, photographs);
  const shown = wide === true ? markup`<div class="wide">${drawn}</div>` : drawn;
  return markup`<figure>${shown}<figcaption>${caption}</figcaption></figure>\n`;
}

function itemMarkup({ name, lines, images }: GalleryItem, photographs: Report['photographs']): Markup {
  return markup`<article><h3>${name}</h3>
<div>${images.map((image) => figureMarkup(image, photographs))}</div>
${lines.map((line) => markup`<p>${line}</p>`)}</article>
`;
}

function imageMarkup(image: ReportImage, alternative: string, photographs: Report['photographs']): Markup {
  const { address, width, height, showsPhotograph } = image;
  if (photographs === 'withheld' && showsPhotograph) {
    return markup`<div class="withheld" style="aspect-ratio: ${width} / ${height}">Photograph withheld</div>`;
  }
  return markup`<img src="${address}" width="${width}" height="${height}" alt="${alternative}">`;
}
