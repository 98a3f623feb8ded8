import { existsSync, readFileSync } from 'node:fs';
import i18next, { type i18n, type Resource } from 'i18next';
import { languages, type Language } from './languages.ts';
import { Messages } from './messages.ts';

/** What a text is filled with; `count` chooses between one and many. */
export type Values = Readonly<Record<string, unknown>>;
/** Filled texts that are kept at most: finding one costs i18next some 20 µs, and a page has hundreds. */
const keptTexts = 5_000;

/** Everybody's texts in every language. A folder has `<language>.json` (texts by key) and `messages.<language>.json` (by English sentence). */
export class Texts {
  readonly #i18n: i18n = i18next.createInstance();
  readonly #messages = new Map<Language, Messages>(languages.map((language) => [language, new Messages()]));
  /** by language and key; there are no more than were written */
  readonly #plain = new Map<Language, Map<string, string>>(languages.map((language) => [language, new Map<string, string>()]));
  readonly #filled = new Map<string, string>();

  /** @param folders by the first word of their keys: "accounts" for "accounts.signIn" */
  constructor(folders: ReadonlyMap<string, URL>) {
    const resources: Resource = Object.fromEntries(
      languages.map((language) => [
        language,
        { translation: Object.fromEntries([...folders].map(([id, folder]) => [id, read(folder, `${language}.json`)])) },
      ]),
    );
    void this.#i18n.init({ resources, lng: languages[0]!, fallbackLng: languages[0]!, initAsync: false, interpolation: { escapeValue: false } });
    for (const folder of folders.values())
      for (const [language, messages] of this.#messages) messages.add(read(folder, `messages.${language}.json`) as Record<string, string>);
  }

  /** The text of a key, filled and in its plural form; not escaped. */
  t(language: Language, key: string, values: Values = {}): string {
    // Most texts have nothing to fill in, and a page asks for a thousand of them.
    for (const _ in values) return this.#fill(language, key, values);
    const plain = this.#plain.get(language)!;
    let text = plain.get(key);
    if (text === undefined) plain.set(key, (text = this.#i18n.t(key, { lng: language })));
    return text;
  }

  #fill(language: Language, key: string, values: Values): string {
    const name = `${language} ${key} ${JSON.stringify(values)}`,
      kept = this.#filled.get(name);
    if (kept !== undefined) return kept;
    if (this.#filled.size >= keptTexts) this.#filled.clear();
    const text = this.#i18n.t(key, { ...values, lng: language });
    this.#filled.set(name, text);
    return text;
  }

  /** A sentence that code made in English: an error, a reason, a heading. It stays English where no translation is known. */
  say(language: Language, message: string): string {
    return this.#messages.get(language)!.translate(message);
  }
}

const read = (folder: URL, name: string): Record<string, unknown> => {
  const file = new URL(name, folder);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>) : {};
};
