/** Says what about an operator cannot be imported; the import goes on, to list everything at once. */
export class Unsupported extends Error {
  constructor(readonly what: string) {
    super(what);
  }
}
