/** What one update works on. Flat arrays of one length; `parameters` and `state` are changed in place. */
export interface Update {
  readonly parameters: Float32Array;
  readonly gradient: Float32Array;
  /** What the optimiser remembers: as many arrays as it asks for, zeros at first. */
  readonly state: readonly Float32Array[];
  /** Whether each element decays: 1 or 0. */
  readonly decays: Uint8Array;
  readonly learningRate: number;
  /** Steps taken, this one included: 1, 2, ... */
  readonly step: number;
}

/** A rule that turns gradients into updates, with its own settings bound. */
export interface Optimizer {
  /** How many arrays of state it needs. */
  readonly memory: number;
  readonly update: (update: Update) => void;
}

/** Plain data, so that it can be sent to a thread and recorded. */
export type OptimizerSettings =
  | { readonly name: 'sgd'; readonly momentum: number; readonly weightDecay: number }
  | {
      readonly name: 'adam' | 'adamw';
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
      readonly weightDecay: number;
    };
