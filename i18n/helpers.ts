import type { HelperDeclareSpec, HelperOptions } from 'handlebars';
import { dateIn, decimalIn, monthIn, numberIn } from './formats.ts';
import type { Language } from './languages.ts';
import type { Texts, Values } from './texts.ts';

const languageOf = ({ data }: HelperOptions): Language => (data.root as { language: Language }).language;

/** What templates say and count with, in the page's language. Handlebars escapes what these return. */
export const languageHelpers = (texts: Texts): HelperDeclareSpec => ({
  t: (key: string, options: HelperOptions) => texts.t(languageOf(options), key, options.hash as Values),
  say: (message: unknown, options: HelperOptions) => (typeof message === 'string' ? texts.say(languageOf(options), message) : message),
  number: (value: unknown, options: HelperOptions) => (typeof value === 'number' ? numberIn(languageOf(options), value) : ''),
  decimal: (value: unknown, digits: number, options: HelperOptions) =>
    typeof value === 'number' ? decimalIn(languageOf(options), value, digits) : '',
  date: (value: unknown, options: HelperOptions) => (value instanceof Date ? dateIn(languageOf(options), value) : ''),
  month: (value: unknown, options: HelperOptions) => (value instanceof Date ? monthIn(languageOf(options), value) : ''),
});
