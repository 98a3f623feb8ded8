import { commonWords } from './common-words.ts';

/** Who chooses the password, as they typed it. */
export interface Owner {
  readonly name?: string;
  readonly handle?: string;
  readonly email?: string;
}

/** Why a password is refused, as a sentence for the person who chose it; undefined = fine. */
export function passwordProblem(password: string, owner: Owner): string | undefined {
  const length = [...password].length;
  if (length < 10) return 'Use at least 10 characters.';
  if (length > 200) return 'Use at most 200 characters.';
  if (/^\d+$/.test(password)) return 'Use more than digits.';
  if (isPattern(password)) return 'Use something less regular.';
  if (isPersonal(password, owner)) return 'Use something that is not your name, handle or e-mail address.';
  if (isCommon(password)) return 'This password is too common: it would be guessed among the first.';
  return undefined;
}

/** Up to three different characters ("aaaaaaaaaa", "abababab…"), or neighbours in a row ("abcdefghij"). */
function isPattern(password: string): boolean {
  const codes = [...password.toLowerCase()].map((char) => char.codePointAt(0)!);
  const steps = new Set(codes.slice(1).map((code, i) => code - codes[i]!));
  return new Set(codes).size <= 3 || steps.size === 1;
}

/** The owner's name, handle or address makes up half of it or more. */
function isPersonal(password: string, { name = '', handle = '', email = '' }: Owner): boolean {
  const text = letters(password);
  const parts = [name, handle, email, ...name.split(/\s+/), ...email.split(/[@.]/)].map(letters);
  return parts.some((part) => part.length > 2 && text.includes(part) && part.length * 2 >= text.length);
}
const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

const swaps: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's', '!': 'i' };
const undisguised = (text: string): string => text.replace(/[013457@$!]/g, (char) => swaps[char]!);

/** One or two common words, also repeated, disguised ("P@ssw0rd") or with digits and signs around them ("letmein2024!"). */
function isCommon(password: string): boolean {
  const text = password.toLowerCase().replace(/[\s_-]/g, '');
  const bare = text.replace(/^[^a-z]+|[^a-z]+$/g, '');
  return [text, bare, undisguised(text), undisguised(bare), undisguised(text.replace(/[^a-z@$]+$/, ''))].some(isWords);
}

function isWords(text: string): boolean {
  const once = text.replace(/^(.+?)\1+$/, '$1');
  return commonWords.has(once) || [...once].some((_, i) => commonWords.has(once.slice(0, i)) && commonWords.has(once.slice(i)));
}
