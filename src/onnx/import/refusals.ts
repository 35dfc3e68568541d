import { Problem } from '../../problem.js';
import { Unsupported } from './unsupported.js';

/** What a model holds that cannot be imported, with how often it occurs, so that everything is said at once. */
export class Refusals {
  readonly #counts = new Map<string, number>();

  /** Does the work for one operator; what is unsupported about it is noted. `undefined` where it is. */
  attempt<T>(operator: string, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      const what = error.what === '' ? operator : `${operator} with ${error.what}`;
      this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
      return undefined;
    }
  }

  /**
   * @param kind what is being listed, in the plural
   * @throws {Problem} that lists everything, where anything was refused.
   */
  throwIfAny(name: string, kind = 'operators'): void {
    if (this.#counts.size === 0) return;
    const list = Array.from(this.#counts, ([what, count]) => `${count} x ${what}`).join(', ');
    throw new Problem(
      name,
      `has ${kind} that cannot be imported: ${list}`,
      'convert it to ONNX where it was trained',
    );
  }
}
