import { plugins } from '../../config/plugins.ts';
import { languages, languageOf } from '../../i18n/languages.ts';
import { Texts } from '../../i18n/texts.ts';
import { views } from '../harness/app.ts';
import { code, keysInTemplates, messagesOf, placesOf, textsOf, withoutPlural } from './sources.ts';

const siteTexts = new URL('texts/', views);
const folders: [string, URL][] = [['site', siteTexts], ...plugins.flatMap(({ id, texts }): [string, URL][] => (texts ? [[id, texts]] : []))];
const all = (language: 'en' | 'de') => new Map(folders.flatMap(([id, folder]) => [...textsOf(id, folder, language)]));
const source = code();

describe('the texts of the site and its plugins', () => {
  test.each(folders)('%s: every language has the same keys, each with a text and the same places to fill', (id, folder) => {
    const english = textsOf(id, folder, 'en');
    expect(english.size).toBeGreaterThan(0);
    for (const language of languages) {
      const texts = textsOf(id, folder, language);
      expect([language, [...texts.keys()].sort()]).toEqual([language, [...english.keys()].sort()]);
      for (const [key, text] of texts) expect([key, text.trim() !== '', placesOf(text)]).toEqual([key, true, placesOf(english.get(key)!)]);
    }
  });

  test('hold every key that a template uses, and none that nothing uses', () => {
    const keys = new Set([...all('en').keys()].map(withoutPlural)),
      used = keysInTemplates();
    expect([...used].filter((key) => !keys.has(key))).toEqual([]);
    expect([...keys].filter((key) => !used.has(key) && !source.includes(`'${key}'`))).toEqual([]);
  });

  test.each(folders)('%s: translated sentences are ones that the code makes, with the same places to fill', (_id, folder) => {
    for (const [english, text] of messagesOf(folder, 'de')) {
      expect([english, placesOf(text).every((name) => placesOf(english).includes(name))]).toEqual([english, true]);
      expect([english, isMade(english)]).toEqual([english, true]);
    }
  });
});

/** The code holds the sentence, with ${…} where it varies. zod's words are put together from parts. */
function isMade(english: string): boolean {
  if (/^must (have|be) at /.test(english)) return true;
  const parts = english.split(/\{\{\w+\}\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll("'", String.raw`\\?'`));
  return new RegExp(`['"\`]${parts.join(String.raw`\$\{[^\n]+?\}`)}['"\`]`).test(source);
}

describe('a text', () => {
  const texts = new Texts(new Map(folders));

  test('comes in the language asked for, filled, with numbers as they are written there', () => {
    expect(texts.t('en', 'site.pageOf', { page: 2, pages: 1234 })).toBe('Page 2 of 1,234');
    expect(texts.t('de', 'site.pageOf', { page: 2, pages: 1234 })).toBe('Seite 2 von 1.234');
  });

  test('that code made stays as it is in English, and is translated with what it was filled with', () => {
    expect(texts.say('en', 'Please sign in first.')).toBe('Please sign in first.');
    expect(texts.say('de', 'Please sign in first.')).toBe('Bitte melde dich zuerst an.');
    expect(texts.say('de', 'There is no such film.')).toBe('Das gibt es hier nicht: Film.');
    expect(texts.say('de', 'A sentence that nobody translated.')).toBe('A sentence that nobody translated.');
  });
});

describe('the language of a page', () => {
  const asking = (account: string | null | undefined, cookie: string, accepted: string | false) =>
    languageOf({ account: account === undefined ? undefined : { language: account }, headers: { cookie }, acceptsLanguages: () => accepted });

  test('is the setting of the account, else the choice in the browser, else what the browser asks for, else English', () => {
    expect(asking('de', 'language=en', 'en')).toBe('de');
    expect(asking(null, 'visitor=x; language=de', 'en')).toBe('de');
    expect(asking(undefined, 'other_language=de; language=xx', 'de')).toBe('de');
    expect(asking(undefined, '', false)).toBe('en');
    expect(asking('constructor', 'language=', false)).toBe('en');
  });
});
