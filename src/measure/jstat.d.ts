/** The part of jstat 1.9 that is used here; the package has no types of its own. */
declare module 'jstat' {
  interface Distribution {
    cdf(x: number, a: number, b: number): number;
    inv(p: number, a: number, b: number): number;
  }
  const library: {
    /** `normal`: mean and standard deviation; `beta`: the two shapes. */
    readonly jStat: { readonly normal: Distribution; readonly beta: Distribution };
  };
  export default library;
}
