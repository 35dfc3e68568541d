/** Text of HTML or SVG in which everything that came from outside is escaped. Made only by `markup` and `trusted`. */
export class Markup {
  readonly text: string;

  /** @internal */
  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a `markup` template: strings and numbers are escaped, `undefined` is nothing. */
export type Insert = string | number | Markup | readonly Insert[] | undefined;

/** Template tag: markup with every inserted string escaped, for text and for quoted attributes alike. */
export function markup(fragments: TemplateStringsArray, ...inserts: readonly Insert[]): Markup {
  return new Markup(fragments.map((fragment, index) => fragment + insertedText(inserts[index])).join(''));
}

/** Text that is markup already and came from this program, such as a style sheet. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

function insertedText(insert: Insert): string {
  if (insert === undefined) {
    return '';
  }
  if (insert instanceof Markup) {
    return insert.text;
  }
  return typeof insert === 'object' ? insert.map(insertedText).join('') : escaped(String(insert));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Control characters are not allowed in HTML, and those that turn the direction of writing could make a file
 * name read as another one: all become the replacement character.
 */
const unwanted = /(?![\t\n\r])[\p{Cc}\p{Surrogate}\u202a-\u202e\u2066-\u2069]/gu;

function escaped(text: string): string {
  return text.replace(unwanted, '\ufffd').replace(/[&<>"']/g, (character) => entities[character]);
}
