/**
 * Where the rows of a batch come from, inside a worker thread: pixels of images, or features that were computed before.
 * A module that exports a `StartRows` as its default is started once in each thread.
 */
export interface RowSource {
  /** Shape of one row, without the batch axis. */
  readonly shape: readonly number[];
  /**
   * Writes one row.
   * @param item which image
   * @param presentation how it is shown this time (augmentation), as plain data; undefined for the image as it is
   * @param into the row's elements
   */
  write(item: number, presentation: unknown, into: Float32Array): void | Promise<void>;
}

export type StartRows<Options> = (options: Options) => RowSource | Promise<RowSource>;
