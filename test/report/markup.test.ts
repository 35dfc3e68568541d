import { describe, it } from 'node:test';
import assert from 'node:assert/strict';

import { markup, trusted } from '../../src/report/markup.js';

describe('markup', () => {
  it('escapes every inserted string, for text and for attributes', () => {
    const name = `<script>alert("x")</script> & 'y'`;
    assert.equal(
      markup`<p title="${name}">${name}</p>`.text,
      '<p title="&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;">' +
        '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;</p>',
    );
  });

  it('inserts markup as it is, lists one after the other, and undefined as nothing', () => {
    assert.equal(
      markup`<ul>${['<', markup`<li>${1}</li>`]}${undefined}</ul>`.text,
      '<ul>&lt;<li>1</li></ul>',
    );
    assert.equal(markup`${trusted('a > b')}`.text, 'a > b');
  });

  it('keeps emoji and line breaks; replaces control, direction-turning and half characters', () => {
    assert.equal(markup`${'😀 é\n\t人'}`.text, '😀 é\n\t人');
    assert.equal(markup`${'a\u0000b\u001bc\u202egpj.exe\ud800'}`.text, 'a\ufffdb\ufffdc\ufffdgpj.exe\ufffd');
  });
});
