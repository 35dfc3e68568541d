import type { Constant } from '../../constant.js';
import { Unsupported } from '../unsupported.js';

/** A layer of Keras: its configuration, read with the values to assume where the file has none, and its weights. */
export class KerasLayer {
  constructor(
    readonly name: string,
    /** Such as `Conv2D`. */
    readonly kind: string,
    private readonly config: Readonly<Record<string, unknown>>,
    private readonly weights: ReadonlyMap<string, Constant>,
  ) {}

  value(key: string): unknown {
    return Object.hasOwn(this.config, key) ? (this.config[key] ?? undefined) : undefined;
  }

  string(key: string, otherwise: string): string {
    const value = this.value(key);
    return typeof value === 'string' ? value : otherwise;
  }

  bool(key: string, otherwise: boolean): boolean {
    const value = this.value(key);
    return typeof value === 'boolean' ? value : otherwise;
  }

  number(key: string, otherwise: number): number {
    const value = this.value(key);
    return typeof value === 'number' ? value : otherwise;
  }

  /** Height and width; one number stands for both. */
  pair(key: string, otherwise: readonly number[]): readonly number[] {
    const value = this.value(key);
    if (typeof value === 'number') return [value, value];
    return Array.isArray(value) ? value.map(Number) : otherwise;
  }

  weight(key: string): Constant {
    const weight = this.weights.get(key);
    if (weight === undefined) throw new Unsupported(`no weight "${key}"`);
    return weight;
  }

  optionalWeight(key: string): Constant | undefined {
    return this.weights.get(key);
  }

  refuseChannelsFirst(): void {
    if (this.string('data_format', 'channels_last') !== 'channels_last')
      throw new Unsupported('channels before height and width');
  }
}
