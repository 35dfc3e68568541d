import { basename } from 'node:path/posix';
import type { ProtocolPair } from '../../dataset/protocol/protocol.js';
import { fileName, stem } from '../output-name.js';

/** The name of a pair: its place in the list and both images, `0017 001_03 002_08`. */
export function pairName({ index, a, b }: Pick<ProtocolPair, 'index' | 'a' | 'b'>): string {
  const short = (path: string) => fileName(stem(basename(path))).slice(0, 60);
  return `${String(index).padStart(4, '0')} ${short(a)} ${short(b)}`;
}
