import { join } from 'node:path';
import { z } from 'zod';
import { indexJournal, type JournalPlace, readJournalEntry } from '../../jobs/run/journal-index.js';
import { readRunRecord } from '../../jobs/run/read-run-record.js';
import type { Occlusion } from '../../perturb/occlusion/occlusion.js';
import { occlusionSchema } from '../../perturb/occlusion/occlusion-schema.js';
import { Problem } from '../../problem.js';
import { stem } from '../output-name.js';

/** What was hidden of one image, as `occlude` recorded it. */
export interface RecordedOcclusions {
  readonly width: number;
  readonly height: number;
  readonly occlusions: readonly Occlusion[];
}

/** Where the record of one image lies, and the file that was occluded. */
export interface Recorded {
  readonly place: JournalPlace;
  readonly original: string;
}

/** The journal of one run of `faceprobe occlude`. */
export class RecordedFootprints {
  readonly #places: ReadonlyMap<string, JournalPlace>;
  readonly #inputPath: string;
  /** Items by their name without extension; null where several have it. */
  readonly #byStem = new Map<string, string | null>();

  private constructor(places: ReadonlyMap<string, JournalPlace>, inputPath: string) {
    this.#places = places;
    this.#inputPath = inputPath;
    for (const item of places.keys()) {
      this.#byStem.set(stem(item), this.#byStem.has(stem(item)) ? null : item);
    }
  }

  /** @returns undefined where the folder holds no run of `occlude`. */
  static async open(folder: string): Promise<RecordedFootprints | undefined> {
    const record = readRunRecord(folder);
    if (record?.command !== 'occlude') return undefined;
    const { inputPath } = record.settings;
    return new RecordedFootprints(
      await indexJournal(join(folder, 'results.jsonl')),
      typeof inputPath === 'string' ? inputPath : '',
    );
  }

  /** @param relative the path of a variant below its folder; `a.png` for `a.jpg` where written with `--lossless` */
  find(relative: string): Recorded | undefined {
    const item = this.#places.has(relative) ? relative : this.#byStem.get(stem(relative));
    const place = item && this.#places.get(item);
    return item && place ? { place, original: join(this.#inputPath, item) } : undefined;
  }
}

const recordSchema = z.object({
  width: z.int().positive(),
  height: z.int().positive(),
  occlusions: z.array(occlusionSchema),
});

/** Reads the record of one image. @throws {Problem} where it is not one that `occlude` wrote. */
export function readRecorded(place: JournalPlace): RecordedOcclusions {
  const { item, result } = readJournalEntry(place);
  const parsed = recordSchema.safeParse(result);
  if (!parsed.success) {
    throw new Problem(place.path, `its entry of ${item} is no record of occlusions`, 'run occlude again');
  }
  return parsed.data;
}
