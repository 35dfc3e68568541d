import assert from 'node:assert/strict';

const empty = new Set(['meta', 'img', 'line', 'circle', '!doctype']);

/** Fails unless every element that is opened is closed, in order. Attributes must be quoted and hold no "<". */
export function assertBalanced(text: string): void {
  const open: string[] = [];
  const withoutStyle = text.replace(/<style>[^<]*<\/style>/, '');
  for (const [tag, closing, name] of withoutStyle.matchAll(/<(\/?)([a-z!][a-z0-9]*)(?:\s[^<>]*)?>/gi)) {
    if (closing === '/') {
      assert.equal(open.pop(), name, tag);
    } else if (!tag.endsWith('/>') && !empty.has(name.toLowerCase())) {
      open.push(name);
    }
  }
  assert.deepEqual(open, []);
  assert.equal(withoutStyle.replace(/<\/?[a-z!][a-z0-9]*(?:\s[^<>]*)?>/gi, '').includes('<'), false);
}
