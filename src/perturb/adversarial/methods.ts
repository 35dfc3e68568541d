/** How noise is made out of gradients. */
interface GradientNoiseMethod {
  readonly summary: string;
  /** Steps where the user does not say; one step is all that `fgsm` takes. */
  readonly steps: number;
  /** The size of a step where the user does not say, in units of epsilon. */
  readonly stepSize: (steps: number) => number;
  /** Whether it begins at a random place of the ball. */
  readonly randomStart: boolean;
  /** How much of the direction of the earlier steps is kept where the user does not say. */
  readonly momentum: number;
}

/** Every method by its name on the command line. */
export const gradientNoiseMethods = {
  /** Goodfellow, Shlens and Szegedy, ICLR 2015. */
  fgsm: {
    summary: 'one step of the whole epsilon',
    steps: 1,
    stepSize: () => 1,
    randomStart: false,
    momentum: 0,
  },
  /** Madry et al., ICLR 2018, with the step of its L2 experiments. */
  pgd: {
    summary: 'steps that are projected back, from a random start',
    steps: 10,
    stepSize: (steps) => 2.5 / steps,
    randomStart: true,
    momentum: 0,
  },
  /** Dong et al., CVPR 2018 (MI-FGSM): steps of epsilon / steps. */
  mpgd: {
    summary: 'steps along the running sum of normalised gradients',
    steps: 10,
    stepSize: (steps) => 1 / steps,
    randomStart: false,
    momentum: 1,
  },
} as const satisfies Readonly<Record<string, GradientNoiseMethod>>;

export type GradientNoiseMethodName = keyof typeof gradientNoiseMethods;
export const gradientNoiseMethodNames = Object.keys(
  gradientNoiseMethods,
) as readonly GradientNoiseMethodName[];
