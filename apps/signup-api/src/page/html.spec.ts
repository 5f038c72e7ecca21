import { describe, expect, it } from '@jest/globals';
import { html } from './html.js';

describe('html', () => {
  it('escapes what it is given, in text and in attributes', () => {
    const hostile = `"><script>alert('1')</script>&`;

    expect(html`<p title="${hostile}">${hostile}</p>`.markup).not.toMatch(/<script|title=""|[^;]&</);
    expect(html`${hostile}`.markup).toBe('&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;');
  });

  it('keeps markup of its own and joins lists of it', () => {
    const items = ['a', '<b>'].map((text) => html`<li>${text}</li>`);

    expect(html`${items}`.markup).toBe('<li>a</li><li>&lt;b&gt;</li>');
  });

  it('writes nothing for false and undefined, and numbers as they are', () => {
    expect(html`[${false}${undefined}${0}]`.markup).toBe('[0]');
  });
});
