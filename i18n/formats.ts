import { languages, type Language } from './languages.ts';

interface Formats {
  readonly number: Intl.NumberFormat;
  readonly date: Intl.DateTimeFormat;
  readonly month: Intl.DateTimeFormat;
  readonly decimals: readonly Intl.NumberFormat[];
}
const inLanguage = (language: Language): Formats => ({
  number: new Intl.NumberFormat(language),
  date: new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }),
  month: new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }),
  decimals: [0, 1, 2, 3].map((digits) => new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits })),
});
/** How numbers and days are written, by language. Days are those of UTC. */
const formats = Object.fromEntries(languages.map((language) => [language, inLanguage(language)])) as Record<Language, Formats>;

export const numberIn = (language: Language, value: number): string => formats[language].number.format(value);
export const dateIn = (language: Language, value: Date): string => formats[language].date.format(value);
export const monthIn = (language: Language, value: Date): string => formats[language].month.format(value);
/** @param digits behind the point, 0 to 3 */
export const decimalIn = (language: Language, value: number, digits: number): string =>
  (formats[language].decimals[digits] ?? formats[language].decimals[1]!).format(value);
