/** The input that takes the seed of an output: the gradient of what is explained with respect to that output. */
export function seedName(output: string): string {
  return `${output}.seed`;
}

export function isSeedName(input: string): boolean {
  return input.endsWith('.seed');
}

/** The output that gives the gradient with respect to a tensor. */
export function gradientName(tensor: string): string {
  return `${tensor}.gradient`;
}
