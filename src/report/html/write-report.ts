import { writeFileAtomic } from '../../dataset/write-file-atomic.js';
import { reportPage } from './report-page.js';
import type { Report } from './report.js';

/** Writes the report as one self-contained HTML file, whole or not at all. */
export async function writeReport(file: string, report: Report): Promise<void> {
  await writeFileAtomic(file, reportPage(report));
}
