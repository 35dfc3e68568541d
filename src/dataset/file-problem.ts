import { Problem } from '../problem.js';

const reasons: Readonly<Partial<Record<string, readonly [why: string, remedy: string]>>> = {
  ENOENT: ['does not exist', 'check the path'],
  ENOTDIR: ['is, or lies under, a file where a folder is needed', 'check the path'],
  EISDIR: ['is a folder, not a file', 'name a file'],
  EEXIST: ['is in the way: a file of this name exists already', 'move it or choose another folder'],
  EACCES: ['may not be accessed by this user', 'change its permissions or choose another folder'],
  EPERM: ['may not be accessed by this user', 'change its permissions or choose another folder'],
  EROFS: ['lies on a read-only file system', 'choose another folder'],
  ENOSPC: [
    'cannot be written: the disk is full',
    'make room and start the command again: it goes on where it stopped',
  ],
  EDQUOT: ['cannot be written: the disk quota is used up', 'make room and start the command again'],
  EFBIG: ['is too large for this file system', 'choose another folder'],
  ENAMETOOLONG: ['has too long a name', 'shorten it'],
  ELOOP: ['is a link that leads back to itself', 'remove the link'],
  EMFILE: ['cannot be opened: too many files are open', 'raise the limit (ulimit -n) or use fewer workers'],
  EIO: ['cannot be read or written: the disk reports an error', 'check the disk'],
};

/**
 * What a failed file operation means to the user, as a `Problem` about `name`. An error that is not from the
 * file system is returned as it is.
 */
export function fileProblem(error: unknown, name: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = reasons[code];
  return reason === undefined ? error : new Problem(name, reason[0], reason[1], { cause: error });
}
