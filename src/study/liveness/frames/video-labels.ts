import { dirname, parse } from 'node:path';
import { readLabelTable } from '../../../dataset/labels/label-table.js';
import { Problem } from '../../../problem.js';
import type { MediaItem } from '../media/media-items.js';

/** Who is in a video, and what it is. */
export interface VideoLabels {
  readonly subject: string;
  /** Such as live, print or silicone. */
  readonly class: string;
}

/**
 * The labels of videos: from a table, else the class is the name of the folder that a video lies in and every video shows a
 * subject of its own, named as its file is.
 *
 * @throws Problem where a video has no row or an empty cell, or no folder that could be its class.
 */
export async function videoLabels(
  videos: readonly MediaItem[],
  file: string | undefined,
): Promise<ReadonlyMap<string, VideoLabels>> {
  const table = file === undefined ? undefined : await readLabelTable(file);
  for (const column of ['subject', 'class']) {
    if (table !== undefined && !table.columns.includes(column)) {
      throw new Problem(file!, `has no column ${column}`, 'write path,subject,class');
    }
  }
  return new Map(
    videos.map(({ name, file: video }) => {
      if (table === undefined) {
        const folder = parse(dirname(name)).base;
        if (folder === '' || folder === '.') {
          throw new Problem(
            name,
            'lies in no folder that could name its class',
            'name the folder above the folders of the classes, or give --labels with path,subject,class',
          );
        }
        return [name, { subject: parse(name).name, class: folder }] as const;
      }
      const row = table.byKey.get(name) ?? table.byKey.get(video.replaceAll('\\', '/'));
      if (row === undefined) throw new Problem(name, `has no row in ${file}`, 'add one');
      const labels = { subject: row.subject as string | undefined, class: row.class as string | undefined };
      if (labels.subject === undefined || labels.class === undefined) {
        throw new Problem(name, `has no subject or no class in ${file}`, 'fill both');
      }
      return [name, { subject: labels.subject, class: labels.class }] as const;
    }),
  );
}
