import { listModels } from '../../model/zoo/list-models.js';
import { fileSize } from './file-size.js';

export interface ShowCatalogueOptions {
  readonly json?: boolean;
}

/** Prints what the zoo provides, as a table or as one JSON document. */
export async function showCatalogue({ json }: ShowCatalogueOptions): Promise<void> {
  const models = await listModels();
  if (json === true) {
    console.log(JSON.stringify(models, null, 2));
    return;
  }
  const rows = models.map(({ name, task, licence, bytes, cached, what }) => [
    name,
    task,
    fileSize(bytes),
    cached ? 'yes' : 'no',
    what,
    licence,
  ]);
  for (const line of aligned([['name', 'task', 'size', 'cached', 'what', 'licence'], ...rows])) {
    console.log(line);
  }
}

/** Columns as wide as their longest cell; the last one ends where its text ends. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
}
