/** The part of the codec 1.2 that is used here; the package has no types of its own. */
declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs' {
  interface JPEGDecoder {
    /** Room for the bytes of a file; valid until the next call. */
    getEncodedBuffer(length: number): Uint8Array;
    /** @throws where libjpeg fails or warns */
    decode(): void;
    /** Valid until the next call of any method. */
    getDecodedBuffer(): Uint8ClampedArray<ArrayBuffer>;
  }
  /** An instance of its own at every call. */
  const open: () => Promise<{ readonly JPEGDecoder: new () => JPEGDecoder }>;
  export default open;
}
