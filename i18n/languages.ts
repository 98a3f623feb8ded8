/** The languages that the site's pages come in, the first one for whoever wants none of them, each by its own name. */
export const languageNames = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof languageNames;
export const languages = Object.keys(languageNames) as Language[];

const isLanguage = (text: unknown): text is Language => typeof text === 'string' && Object.hasOwn(languageNames, text);

/** What is known of a reader's languages. */
export interface Asking {
  readonly account?: { readonly language?: string | null } | undefined;
  readonly headers: { readonly cookie?: string | undefined };
  acceptsLanguages(languages: string[]): string | false;
}
export const languageCookie = 'language';
const inCookie = new RegExp(`(?:^|;\\s*)${languageCookie}=([a-z]{2})(?:;|$)`);

/** The account's setting, else what was chosen in this browser, else what the browser asks for, else the first one. */
export function languageOf(request: Asking): Language {
  const wishes = [request.account?.language, inCookie.exec(request.headers.cookie ?? '')?.[1], request.acceptsLanguages(languages)];
  return wishes.find(isLanguage) ?? languages[0]!;
}
