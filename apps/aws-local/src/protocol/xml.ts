const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#xD;',
};

/** Text for an XML element; control characters, which XML 1.0 cannot carry at all, become U+FFFD. */
export function escapeXml(text: string): string {
  return (
    text
      .replace(/[&<>"'\r]/g, (character) => ENTITIES[character] ?? character)
      // Everything below a space but tab and line feed.
      // oxlint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
  );
}

/** One element around text that is escaped here. */
export function textElement(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`;
}
