import type { Face } from '../../face/face.js';
import { runTasks } from '../../jobs/run-tasks.js';
import type { ImageItem } from '../image-items.js';
import type { StudyContext } from '../study.js';
import type { DoctorItem, DoctorResult, DoctorTaskOptions } from './doctor.task.js';
import { type Variant, variantKey } from './variant.js';
import type { VariantValue, VariantValues } from './variant-values.js';

/** The outputs of the variants on the images; faces are looked for once. */
export class VariantRuns {
  readonly #options: Omit<DoctorTaskOptions, 'variants'>;
  readonly #workers: number;
  readonly #context: StudyContext;
  readonly #faces = new Map<string, Face | null>();
  readonly #values = new Map<string, Map<string, VariantValue>>();
  /** Images that cannot be read, by name. */
  readonly lost = new Map<string, string>();
  readonly #variants: Variant[] = [];

  constructor(options: Omit<DoctorTaskOptions, 'variants'>, workers: number, context: StudyContext) {
    this.#options = options;
    this.#workers = workers;
    this.#context = context;
  }

  /** Runs those of the variants that were not run before. */
  async run(title: string, images: readonly ImageItem[], wanted: readonly Variant[]): Promise<void> {
    const variants = wanted.filter(({ preprocessing }) => !this.#values.has(variantKey(preprocessing)));
    if (variants.length === 0) return;
    const { signal, listen } = this.#context;
    for (const { preprocessing } of variants) this.#values.set(variantKey(preprocessing), new Map());
    this.#variants.push(...variants);
    const items = images
      .filter(({ name }) => !this.lost.has(name))
      .map((image): DoctorItem => {
        const face = this.#faces.get(image.name);
        return face === undefined ? image : { ...image, face };
      });
    const start = performance.now();
    const counts = { done: 0, skipped: 0, failed: 0 };
    listen({ type: 'started', title, total: items.length, before: 0 });
    const outcomes = runTasks<DoctorTaskOptions, DoctorItem, DoctorResult>({
      module: new URL('./doctor.task.js', import.meta.url),
      options: { ...this.#options, variants: variants.map(({ preprocessing }) => preprocessing) },
      items,
      workers: Math.min(this.#workers, items.length),
      signal,
    });
    for await (const outcome of outcomes) {
      const { name } = outcome.item;
      if ('result' in outcome) {
        this.#faces.set(name, outcome.result.face);
        variants.forEach(({ preprocessing }, at) =>
          this.#values.get(variantKey(preprocessing))!.set(name, outcome.result.values[at]),
        );
        counts.done++;
        listen({ type: 'done', item: name });
      } else {
        const { message } = 'problem' in outcome ? outcome.problem : outcome.defect;
        this.lost.set(name, message);
        counts.skipped++;
        listen({ type: 'skipped', item: name, reason: message });
      }
    }
    signal.throwIfAborted();
    const seconds = (performance.now() - start) / 1000;
    listen({ type: 'finished', title, ...counts, seconds, stopped: false });
  }

  /** Whether a face was found in the image. */
  hasFace(image: string): boolean {
    return (this.#faces.get(image) ?? null) !== null;
  }

  /** What was found so far. */
  get values(): VariantValues {
    return { variants: this.#variants, byKey: this.#values };
  }
}
