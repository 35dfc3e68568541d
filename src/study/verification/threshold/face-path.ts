/** Where the aligned face of an image lies in the step's folder. Whole names, so that a.jpg and a.png do not collide. */
export function facePath(image: string): string {
  // A list may lie beside the folder of its images.
  return `faces/${image.replaceAll('../', '_/')}.png`;
}
