import { basename, dirname } from 'node:path/posix';
import { labelsOfFileName } from '../labels/file-name-labels.js';

/** A place in a path where data sets put the person. */
export interface IdentityRule {
  /** In words, for the record of a run. */
  readonly words: string;
  /** The person in the image of this path (forward slashes); undefined where the path does not follow the rule. */
  readonly identityOf: (path: string) => string | undefined;
}

/** The ways to name the person in an image by its path. */
export const identitySchemes = {
  /** The same folder name at two places is the same person, as in view/person/image. */
  folder: {
    words: 'the folder of the image',
    identityOf: (path) => path.split('/').at(-2),
  },
  vggface2: {
    words: 'the folder nXXXXXX of VGGFace2',
    identityOf: (path) =>
      path
        .split('/')
        .slice(0, -1)
        .reverse()
        .find((folder) => /^n\d{6}$/.test(folder)),
  },
  'file-name': {
    words: 'the file name up to the last _ or -',
    identityOf: (path) => /^(.+)[_-][^_-]*$/.exec(basename(path))?.[1],
  },
  frll: {
    words: 'the subject in the file name, as in 001_03.jpg',
    identityOf: (path) => labelsOfFileName(path, 'frll')?.subject,
  },
  lfw: {
    words: 'the name in the file name, as in Ariel_Sharon_0001.jpg',
    identityOf: (path) => /^(.*[^_\d].*)_\d{4}\.\w+$/.exec(basename(path))?.[1],
  },
  image: {
    words: 'every image is a person of its own',
    identityOf: (path) => path,
  },
} as const satisfies Readonly<Record<string, IdentityRule>>;

export type IdentityScheme = keyof typeof identitySchemes;

export function isIdentityScheme(name: string): name is IdentityScheme {
  return Object.hasOwn(identitySchemes, name);
}

/**
 * The scheme that the paths follow: `vggface2` where all lie below folders nXXXXXX, `image` where they are UTKFace's, which
 * name no person. `frll` and `lfw` where all file names are of that kind and the folders are not the people: all
 * images lie in one folder, or somebody is in several. Otherwise `folder`.
 */
export function schemeOfPaths(paths: readonly string[]): IdentityScheme {
  const folders = new Set(paths.map((path) => dirname(path)));
  const follow = (scheme: IdentityScheme) =>
    paths.every((path) => identitySchemes[scheme].identityOf(path) !== undefined);
  const acrossFolders = (scheme: IdentityScheme) => {
    const people = new Set(paths.map((path) => identitySchemes[scheme].identityOf(path)));
    const inFolders = new Set(
      paths.map((path) => `${dirname(path)}/${identitySchemes[scheme].identityOf(path)}`),
    );
    return people.size > 1 && (folders.size === 1 || inFolders.size > people.size);
  };
  if (follow('vggface2')) return 'vggface2';
  for (const scheme of ['frll', 'lfw'] as const) {
    if (follow(scheme) && acrossFolders(scheme)) return scheme;
  }
  if (paths.every((path) => labelsOfFileName(path, 'utkface') !== undefined)) return 'image';
  return 'folder';
}
