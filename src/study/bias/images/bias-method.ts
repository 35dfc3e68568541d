import { faceRegions } from '../../../face/regions.js';
import { Problem } from '../../../problem.js';
import { type ImageMethod, isCam } from '../../explain/image-method.js';

/** How a study wants its images explained. */
export interface BiasMethodWishes {
  /** One of `biasMethodNames`. */
  readonly method: string;
  readonly seed: number;
  readonly layers?: readonly string[] | undefined;
  readonly compat?: 'upstream' | undefined;
}

/** The methods that explain single images, with the options that `explain` has by default; negative heat is cut off. */
function defaultMethods({
  seed,
  layers,
  compat,
}: Omit<BiasMethodWishes, 'method'>): Readonly<Record<ImageMethod['name'], ImageMethod>> {
  const sampled = { samples: 1000, fill: 'gray', untilStable: null, seed } as const;
  const cam = { layers: layers ?? null, relu: true, compat };
  return {
    'gradcam++': { name: 'gradcam++', ...cam },
    gradcam: { name: 'gradcam', ...cam },
    layercam: { name: 'layercam', ...cam },
    xgradcam: { name: 'xgradcam', ...cam },
    hirescam: { name: 'hirescam', ...cam },
    scorecam: { name: 'scorecam', ...cam },
    ablationcam: { name: 'ablationcam', ...cam },
    eigencam: { name: 'eigencam', ...cam },
    gradient: { name: 'gradient' },
    'input-x-gradient': { name: 'input-x-gradient' },
    'integrated-gradients': {
      name: 'integrated-gradients',
      steps: 50,
      quadrature: 'gauss-legendre',
      baseline: 'black',
    },
    smoothgrad: { name: 'smoothgrad', samples: 50, noise: 0.15, noiseSeed: seed },
    occlusion: {
      name: 'occlusion',
      occlusion: {
        mode: 'window',
        regions: [...faceRegions],
        gridRowsCount: 4,
        gridColumnsCount: 4,
        fill: 'black',
        landmarkPrecision: 'pixel',
        landmarkScaleFactor: 1.5,
      },
    },
    lime: {
      name: 'lime',
      ...sampled,
      segmentation: { method: 'slic', options: { segments: 30, compactness: 20 } },
      design: 'independent',
      kernelWidth: 0.25,
      ridge: 1,
      features: null,
    },
    rise: {
      name: 'rise',
      ...sampled,
      samples: 4000,
      fill: 'black',
      masks: { kind: 'grid', cells: 7, shown: 0.5 },
    },
  };
}

/** The names of all methods that a study can explain by. */
export const biasMethodNames: readonly string[] = Object.keys(defaultMethods({ seed: 0 }));

/**
 * A method by its name.
 * @throws Problem where layers are named for a method that has none
 */
export function biasMethod({ method: name, ...wishes }: BiasMethodWishes): ImageMethod {
  const method = defaultMethods(wishes)[name as ImageMethod['name']];
  if (wishes.layers !== undefined && !isCam(method)) {
    throw new Problem('--layer', `is not for ${name}`, 'leave it out, or take a class activation map');
  }
  return method;
}
