/** What is known of a method before it runs. */
export interface Method {
  readonly summary: string;
  /** What it explains: any target of one image, or the similarity of two. */
  readonly explains: 'image' | 'pair';
  /** Whether the model must be differentiated; the others only run it. */
  readonly needsGradient: boolean;
  /** Whether it draws random numbers. */
  readonly seeded: boolean;
}

/** Every method by its name on the command line. */
export const methods = {
  occlusion: {
    summary: 'hide one part at a time and see how the target falls',
    explains: 'image',
    needsGradient: false,
    seeded: false,
  },
  gradient: {
    summary: 'how fast the target moves with each pixel',
    explains: 'image',
    needsGradient: true,
    seeded: false,
  },
  'input-x-gradient': {
    summary: 'what each pixel contributes, to first order',
    explains: 'image',
    needsGradient: true,
    seeded: false,
  },
  'integrated-gradients': {
    summary: 'what each pixel contributes on the way from a black image; adds up to the change of the target',
    explains: 'image',
    needsGradient: true,
    seeded: false,
  },
  smoothgrad: {
    summary: 'the gradient, averaged over noisy copies of the image',
    explains: 'image',
    needsGradient: true,
    seeded: true,
  },
  gradcam: {
    summary: 'the channels of a layer, each weighed with its mean gradient',
    explains: 'image',
    needsGradient: true,
    seeded: false,
  },
  'gradcam++': {
    summary: 'the channels of a layer, each weighed with its positive gradients',
    explains: 'image',
    needsGradient: true,
    seeded: false,
  },
  layercam: {
    summary: 'the activations of a layer, each weighed with its own gradient where that is positive',
    explains: 'image',
    needsGradient: true,
    seeded: false,
  },
  xgradcam: {
    summary: 'the channels of a layer, each weighed with its gradient where it is active',
    explains: 'image',
    needsGradient: true,
    seeded: false,
  },
  hirescam: {
    summary: 'the activations of a layer, each times its own gradient',
    explains: 'image',
    needsGradient: true,
    seeded: false,
  },
  scorecam: {
    summary: 'the channels of a layer, each weighed with the target of the image seen through it',
    explains: 'image',
    needsGradient: false,
    seeded: false,
  },
  ablationcam: {
    summary: 'the channels of a layer, each weighed with how far the target falls without it',
    explains: 'image',
    needsGradient: false,
    seeded: false,
  },
  eigencam: {
    summary: 'the first principal component of a layer, whatever the target',
    explains: 'image',
    needsGradient: false,
    seeded: false,
  },
  lime: {
    summary: 'hide random sets of segments; what showing each of them adds, by linear regression',
    explains: 'image',
    needsGradient: false,
    seeded: true,
  },
  rise: {
    summary: 'hide random parts; the mean of the target where a pixel is shown',
    explains: 'image',
    needsGradient: false,
    seeded: true,
  },
  xssab: {
    summary: 'the parts of both images behind the terms of the cosine for and against a match',
    explains: 'pair',
    needsGradient: true,
    seeded: false,
  },
  fggb: {
    summary: 'the gradients of all values of the embedding, weighed with what each adds to the cosine',
    explains: 'pair',
    needsGradient: true,
    seeded: false,
  },
  corrrise: {
    summary: 'hide random squares in both images; the rank correlation of each pixel with the similarity',
    explains: 'pair',
    needsGradient: false,
    seeded: true,
  },
  xface: {
    summary: 'hide squares of three sizes in both images and see how the similarity falls',
    explains: 'pair',
    needsGradient: false,
    seeded: false,
  },
} as const satisfies Readonly<Record<string, Method>>;

export type MethodName = keyof typeof methods;
