type Pattern = { readonly before: string; readonly whole: RegExp; readonly names: readonly string[]; readonly text: string };
const place = /\{\{(\w+)\}\}/g;

/** Sentences that code makes, in another language: found by the English sentence, in which {{names}} stand for what varies. */
export class Messages {
  readonly #fixed = new Map<string, string>();
  readonly #patterns: Pattern[] = [];

  add(sentences: Readonly<Record<string, string>>): void {
    for (const [english, text] of Object.entries(sentences)) {
      if (english.includes('{{')) this.#patterns.push(patternOf(english, text));
      else this.#fixed.set(english, text);
    }
  }

  /** The sentence as it is where no translation fits. */
  translate(message: string): string {
    const fixed = this.#fixed.get(message);
    if (fixed !== undefined) return fixed;
    for (const pattern of this.#patterns) {
      const found = message.startsWith(pattern.before) ? pattern.whole.exec(message) : null;
      if (found) return pattern.text.replaceAll(place, (_, name: string) => this.translate(found[1 + pattern.names.indexOf(name)] ?? ''));
    }
    return message;
  }
}

function patternOf(english: string, text: string): Pattern {
  const [before = '', ...rest] = english.split(place).filter((_, index) => index % 2 === 0);
  const names = [...english.matchAll(place)].map(([, name]) => name!);
  return { before, names, text, whole: new RegExp(`^${[before, ...rest].map(escaped).join('(.+?)')}$`, 's') };
}
const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
