/**
 * A table in a FlatBuffers file (flatbuffers.dev, "Internals"). Every read is checked against the end of the file: a
 * damaged file gives a RangeError, never a wrong value from elsewhere in memory. The `flatbuffers` package reads without
 * checks, which a weights file from anywhere must not be trusted with.
 */
export class FlatTable {
  readonly #view: DataView;
  readonly #start: number;
  readonly #fields: number;
  readonly #fieldsLength: number;

  private constructor(view: DataView, start: number) {
    this.#view = view;
    this.#start = start;
    this.#fields = start - view.getInt32(start, true);
    this.#fieldsLength = view.getUint16(this.#fields, true);
  }

  /** The root table of a file. */
  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new FlatTable(view, view.getUint32(0, true));
  }

  int8(field: number, otherwise = 0): number {
    const at = this.#at(field);
    return at === undefined ? otherwise : this.#view.getInt8(at);
  }

  bool(field: number): boolean {
    return this.int8(field) !== 0;
  }

  int32(field: number, otherwise = 0): number {
    const at = this.#at(field);
    return at === undefined ? otherwise : this.#view.getInt32(at, true);
  }

  uint64(field: number): number {
    const at = this.#at(field);
    return at === undefined ? 0 : Number(this.#view.getBigUint64(at, true));
  }

  float32(field: number, otherwise = 0): number {
    const at = this.#at(field);
    return at === undefined ? otherwise : this.#view.getFloat32(at, true);
  }

  string(field: number): string {
    return new TextDecoder().decode(this.bytes(field));
  }

  table(field: number): FlatTable | undefined {
    const at = this.#at(field);
    return at === undefined ? undefined : new FlatTable(this.#view, this.#follow(at));
  }

  tables(field: number): readonly FlatTable[] {
    const { start, length } = this.#vector(field, 4);
    return Array.from({ length }, (_, i) => new FlatTable(this.#view, this.#follow(start + 4 * i)));
  }

  /** A vector of bytes as a view of the file. */
  bytes(field: number): Uint8Array {
    const { start, length } = this.#vector(field, 1);
    return new Uint8Array(this.#view.buffer, this.#view.byteOffset + start, length);
  }

  int32s(field: number): readonly number[] {
    const { start, length } = this.#vector(field, 4);
    return Array.from({ length }, (_, i) => this.#view.getInt32(start + 4 * i, true));
  }

  float32s(field: number): readonly number[] {
    const { start, length } = this.#vector(field, 4);
    return Array.from({ length }, (_, i) => this.#view.getFloat32(start + 4 * i, true));
  }

  int64s(field: number): readonly number[] {
    const { start, length } = this.#vector(field, 8);
    return Array.from({ length }, (_, i) => Number(this.#view.getBigInt64(start + 8 * i, true)));
  }

  /** Where a field lies, or `undefined` where the table leaves it at its default. */
  #at(field: number): number | undefined {
    const entry = 4 + 2 * field;
    if (entry >= this.#fieldsLength) return undefined;
    const offset = this.#view.getUint16(this.#fields + entry, true);
    return offset === 0 ? undefined : this.#start + offset;
  }

  #follow(at: number): number {
    return at + this.#view.getUint32(at, true);
  }

  #vector(field: number, elementSize: number): { start: number; length: number } {
    const at = this.#at(field);
    if (at === undefined) return { start: 0, length: 0 };
    const vector = this.#follow(at);
    const length = this.#view.getUint32(vector, true);
    const start = vector + 4;
    if (start + length * elementSize > this.#view.byteLength)
      throw new RangeError('vector beyond the end of the file');
    return { start, length };
  }
}
