/** Someone in a data set. */
export interface Person {
  readonly identity: string;
  /** Paths as they were given, in their order; at least one. */
  readonly images: readonly string[];
  /** The group of the person by each key (`ethnicity`); a key that is not known of the person is left out. */
  readonly groups: Readonly<Record<string, string>>;
}

/** Something about a data set that its user should know; one line. */
export interface PeopleNote {
  readonly kind:
    | 'table'
    | 'one-image'
    | 'unknown-identities'
    | 'unknown-images'
    | 'no-group'
    | 'two-groups'
    | 'empty-group'
    | 'small-group';
  readonly text: string;
}

/** The people of a data set. */
export interface People {
  /** By identity, in code-unit order. */
  readonly persons: readonly Person[];
  /** The groups of each key in code-unit order, each with at least one person. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** Where the identities came from, in words. */
  readonly identifiedBy: string;
  readonly notes: readonly PeopleNote[];
}
