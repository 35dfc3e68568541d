import { join } from 'node:path';
import type { Person } from '../../../dataset/people/person.js';
import { indexJournal, readJournalEntry } from '../../../jobs/run/journal-index.js';
import type { ImageEvidence } from '../explain/image-evidence.js';

/** One image of a person with what the explanations say of it. */
export interface PersonImage {
  readonly image: string;
  readonly evidence: ImageEvidence;
}

/**
 * The people in their order, each with the images that were explained, one person at a time: memory for the names, and for
 * the evidence of one person. Whoever has no such image is left out.
 *
 * @param folder of the explanations.
 */
export async function* personEvidence(
  folder: string,
  people: readonly Person[],
): AsyncGenerator<{ person: Person; images: PersonImage[] }, void, void> {
  const index = await indexJournal(join(folder, 'results.jsonl'));
  for (const person of people) {
    const images = person.images.flatMap((image): PersonImage[] => {
      const place = index.get(image);
      return place === undefined
        ? []
        : [{ image, evidence: readJournalEntry(place).result as ImageEvidence }];
    });
    if (images.length > 0) yield { person, images };
  }
}
