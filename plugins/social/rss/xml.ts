const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
/** Characters that XML 1.0 does not allow, even escaped. */
const forbidden = /[^\u0009\u000a\u000d\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Text for the inside of an element or attribute. */
export const escaped = (text: string): string => text.replace(forbidden, '').replace(/[&<>"']/g, (character) => entities[character]!);

/** A template whose values are escaped. */
export const xml = (parts: TemplateStringsArray, ...values: readonly string[]): string =>
  parts.reduce((text, part, i) => text + escaped(values[i - 1] ?? '') + part);
