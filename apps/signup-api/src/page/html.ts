/** Markup that is safe to send: made by {@link html}, which escapes everything it is given. */
export class SafeHtml {
  constructor(readonly markup: string) {}
}

/** `false` and `undefined` leave nothing behind, so that `condition && html\`…\`` reads as it should. */
export type HtmlValue = SafeHtml | string | number | false | undefined | readonly HtmlValue[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * A template whose values are escaped for text and for quoted attribute values.
 *
 * It is not safe inside of script, style or an unquoted attribute; the page has none of these.
 */
export function html(parts: TemplateStringsArray, ...values: HtmlValue[]): SafeHtml {
  return new SafeHtml(String.raw({ raw: parts }, ...values.map(toMarkup)));
}

function toMarkup(value: HtmlValue): string {
  if (value === undefined || value === false) return '';
  if (value instanceof SafeHtml) return value.markup;
  if (typeof value === 'object') return value.map(toMarkup).join('');
  return String(value).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
