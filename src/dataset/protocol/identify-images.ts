import { basename, dirname } from 'node:path/posix';
import type { ParsedPair, ProtocolNote, ProtocolPair } from './protocol.js';

/** Places in a path where data sets put the person, the likeliest first. */
const rules: readonly { readonly words: string; readonly identityOf: (path: string) => string }[] = [
  { words: 'the folder', identityOf: (path) => basename(dirname(path)) },
  {
    words: 'the file name up to the last _ or -',
    identityOf: (path) => stem(path).replace(/[_-][^_-]*$/, ''),
  },
  { words: 'the file name up to the first _ or -', identityOf: (path) => stem(path).replace(/[_-].*$/, '') },
];

/**
 * Whom the images show, where the list does not say. Intervals need it: pairs that share a person are not independent.
 *
 * A part of the path is taken as the person if it agrees with every label of the list, of both classes. Otherwise
 * genuine pairs link their images to one person, and images that no chain of them links count as different persons.
 */
export function identifyImages(pairs: readonly ParsedPair[]): {
  readonly pairs: ProtocolPair[];
  readonly notes: ProtocolNote[];
} {
  const linked = linkedImages(pairs);
  const notes: ProtocolNote[] = [];
  const wrong = pairs.filter(({ a, b, genuine }) => !genuine && linked(a) === linked(b));
  if (wrong.length > 0) {
    const lines = wrong.slice(0, 5).map(({ line }) => line);
    notes.push({
      kind: 'linked-impostors',
      text:
        `${wrong.length} impostor pairs compare images that genuine pairs link to one person ` +
        `(lines ${lines.join(', ')}${wrong.length > 5 ? ', ...' : ''}): a label is wrong`,
    });
  }

  if (pairs.every(({ identityA, identityB }) => identityA !== undefined && identityB !== undefined)) {
    return { pairs: pairs.map((pair) => identified(pair, pair.identityA!, pair.identityB!)), notes };
  }
  const bothClasses = pairs.some(({ genuine }) => genuine) && pairs.some(({ genuine }) => !genuine);
  const rule = bothClasses
    ? rules.find(({ identityOf }) =>
        pairs.every(({ a, b, genuine }) => (identityOf(a) === identityOf(b)) === genuine),
      )
    : undefined;
  notes.push({
    kind: 'identities',
    text:
      rule === undefined
        ? 'the list does not name persons: images count as one person where genuine pairs link them'
        : `the list does not name persons: ${rule.words} is taken, which agrees with every label`,
  });
  const identityOf = rule?.identityOf ?? linked;
  return { pairs: pairs.map((pair) => identified(pair, identityOf(pair.a), identityOf(pair.b))), notes };
}

function identified(pair: ParsedPair, identityA: string, identityB: string): ProtocolPair {
  const { index, line, a, b, genuine, fold } = pair;
  return { index, line, a, b, genuine, identityA, identityB, fold };
}

/** The first image, by chains of genuine pairs, that an image is linked to. */
function linkedImages(pairs: readonly ParsedPair[]): (image: string) => string {
  const parents = new Map<string, string>();
  const rootOf = (image: string): string => {
    let root = image;
    for (
      let parent = parents.get(root);
      parent !== undefined && parent !== root;
      parent = parents.get(root)
    ) {
      root = parent;
    }
    for (let at = image; at !== root;) {
      const next = parents.get(at)!;
      parents.set(at, root);
      at = next;
    }
    return root;
  };
  for (const { a, b, genuine } of pairs) {
    if (genuine) parents.set(rootOf(b), rootOf(a));
  }
  return rootOf;
}

function stem(path: string): string {
  return basename(path).replace(/\.[^.]*$/, '');
}
