import { InvalidArgumentError } from 'commander';

/** A whole number of at least `minimum`, and at most `maximum` where there is one. */
export function wholeNumber(minimum: number, maximum = Number.MAX_SAFE_INTEGER) {
  const range =
    maximum === Number.MAX_SAFE_INTEGER ? `of at least ${minimum}` : `from ${minimum} to ${maximum}`;
  return (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < minimum || value > maximum) {
      throw new InvalidArgumentError(`It must be a whole number ${range}.`);
    }
    return value;
  };
}

/** A number between `minimum` and `maximum`, both included. */
export function numberBetween(minimum: number, maximum: number) {
  return (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value) || value < minimum || value > maximum) {
      throw new InvalidArgumentError(`It must be a number from ${minimum} to ${maximum}.`);
    }
    return value;
  };
}

/** A number above 0. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('It must be a number above 0.');
  return value;
}

/** `WIDTHxHEIGHT`, or one number for both. */
export function size(text: string): { width: number; height: number } {
  const match = /^(\d+)(?:x(\d+))?$/.exec(text);
  const width = Number(match?.[1]);
  const height = Number(match?.[2] ?? match?.[1]);
  if (match === null || width === 0 || height === 0) {
    throw new InvalidArgumentError('It must be pixels, such as 224 or 224x275.');
  }
  return { width, height };
}

/** Names with commas between them; spaces around them do not count. */
export function nameList(text: string): string[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0)
    throw new InvalidArgumentError('It must be one or more names with commas between them.');
  return names;
}

/** `left,top,right,bottom` in pixels, as dlib writes a rectangle: right and bottom are included. */
export function rectangle(text: string): { x: number; y: number; width: number; height: number } {
  const numbers = text.split(',').map(Number);
  const [left, top, right, bottom] = numbers;
  if (
    numbers.length !== 4 ||
    numbers.some((value) => !Number.isFinite(value)) ||
    right <= left ||
    bottom <= top
  ) {
    throw new InvalidArgumentError('It must be left,top,right,bottom in pixels, such as 40,60,210,230.');
  }
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** Turns any check that throws a Problem or an Error into one that commander reports as wrong usage. */
export function checked<T>(check: (text: string) => T) {
  return (text: string): T => {
    try {
      return check(text);
    } catch (error) {
      throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
    }
  };
}
