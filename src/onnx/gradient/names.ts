/** The input that takes the seed of an output: the gradient of what is explained with respect to that output. */
export function seedName(output: string): string {
  return `${output}.seed`;
}

export function isSeedName(tensor: string): boolean {
  return /\.seed(\.\d+)?$/.test(tensor);
}

/** The output that gives the gradient with respect to a tensor. */
export function gradientName(tensor: string): string {
  return `${tensor}.gradient`;
}

/** The name of the nth seed or gradient, counted from 1, where there are several an image. */
export function nthName(name: string, nth: number): string {
  return nth === 1 ? name : `${name}.${nth}`;
}
