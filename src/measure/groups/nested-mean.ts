/** How a nested mean came about. */
export interface NestedMeanResult {
  readonly mean: Float64Array;
  /**
   * Nodes at each level, the outermost first, and last the things that were added: [persons, persons with a model,
   * images] for paths [person, model].
   */
  readonly counts: readonly number[];
}

/**
 * The mean of means, with equal weight at each level: of the images of a person, then of the persons. Whoever has a
 * hundred images weighs as much as whoever has one.
 *
 * Maps (or any lists of numbers) come one by one, in an order in which those of one person follow each other, and are
 * added up in float64. No map is kept: the memory is one sum a level, whatever the number of persons and images.
 */
export class NestedMean {
  readonly #size: number;
  readonly #depth: number;
  readonly #onClose: ((path: readonly string[], mean: Float64Array) => void) | undefined;
  /** The open node of each level; the first is the whole. */
  readonly #open: OpenNode[];
  readonly #counts: number[];
  #finished = false;

  /**
   * @param size numbers in each map.
   * @param depth names in a path: 1 for [person], 2 for [person, model], 0 for a plain mean.
   * @param onClose gets the mean of every node, such as of each person, once nothing more can come; the inner levels
   *   first. The array is its to keep.
   */
  constructor(size: number, depth: number, onClose?: (path: readonly string[], mean: Float64Array) => void) {
    this.#size = size;
    this.#depth = depth;
    this.#onClose = onClose;
    this.#open = [openNode('', size)];
    this.#counts = new Array<number>(depth + 1).fill(0);
  }

  /**
   * Adds one map.
   *
   * @param path the nodes that it belongs to, the outermost first.
   * @throws RangeError where the path or the map has another length, or a node comes again that others have followed
   */
  add(path: readonly string[], map: ArrayLike<number>): void {
    if (this.#finished) throw new RangeError('The mean is finished.');
    if (path.length !== this.#depth) {
      throw new RangeError(`A path of ${this.#depth} names is needed, not ${path.join('/')}.`);
    }
    if (map.length !== this.#size)
      throw new RangeError(`The map has ${map.length} values, not ${this.#size}.`);
    let shared = 0;
    while (shared < path.length && this.#open[shared + 1]?.name === path[shared]) shared++;
    this.#close(shared);
    for (let level = shared; level < path.length; level++) {
      const name = path[level];
      if (this.#open[level].closed.has(name)) {
        throw new RangeError(`${path.slice(0, level + 1).join('/')} comes again after others.`);
      }
      this.#open.push(openNode(name, this.#size));
      this.#counts[level]++;
    }
    addTo(this.#open[this.#depth], map);
    this.#counts[this.#depth]++;
  }

  /** The mean of all that was added. NaN where nothing was. Nothing can be added afterwards. */
  finish(): NestedMeanResult {
    this.#close(0);
    this.#finished = true;
    return { mean: meanOf(this.#open[0]), counts: [...this.#counts] };
  }

  /** Closes all nodes below the first `levels` levels. */
  #close(levels: number): void {
    while (this.#open.length > levels + 1) {
      const node = this.#open.at(-1)!;
      const mean = meanOf(node);
      this.#onClose?.(
        this.#open.slice(1).map(({ name }) => name),
        mean,
      );
      this.#open.pop();
      const parent = this.#open.at(-1)!;
      addTo(parent, mean);
      parent.closed.add(node.name);
    }
  }
}

interface OpenNode {
  readonly name: string;
  readonly sum: Float64Array;
  children: number;
  readonly closed: Set<string>;
}

function openNode(name: string, size: number): OpenNode {
  return { name, sum: new Float64Array(size), children: 0, closed: new Set() };
}

function addTo(node: OpenNode, values: ArrayLike<number>): void {
  const { sum } = node;
  for (let i = 0; i < sum.length; i++) sum[i] += values[i];
  node.children++;
}

/** The mean of a node that gets nothing more. A constant keeps its value: the sum is divided, not multiplied. */
function meanOf({ sum, children }: OpenNode): Float64Array {
  return sum.map((value) => value / children);
}
