import { cleanText } from '../../core/http/form.ts';

export interface Title {
  /** as viewers see it, with every article in front */
  readonly title: string;
  readonly year: number | null;
  /** each name of the film by itself, the main one first */
  readonly names: readonly [string, ...string[]];
}

const articles = /^(.*), (The|An?|La|Les?|L'|El|Los|Las|Il|Lo|I|Gli|Un|Una|Une|Das|Der|Die|Ein|Eine|De|Det|Den|Het|En|Os?|As)$/;
const turn = (name: string): string =>
  name.replace(articles, (_all, rest: string, article: string) => `${article}${article.endsWith("'") ? '' : ' '}${rest}`);
const alias = /^a\.k\.a\. /;

/**
 * "Matrix, The (1999)" → The Matrix, 1999 ·
 * "Cité, La (a.k.a. City, The) (1995)" → La Cité (a.k.a. The City), 1995, with the names La Cité and The City
 */
export function parseTitle(text: string): Title {
  const [, full = '', year] = /^(.*?)\s*(?:\((\d{4})(?:[-–]\d{0,4})?\))?$/s.exec(cleanText(text).replaceAll(/\s+/g, ' '))!;
  const others: string[] = [];
  let main = full;
  for (let match; (match = /^(.+?) ?\(([^()]+)\)$/.exec(main)); main = match[1]!) others.unshift(match[2]!);
  const shown = others.map((name) => ` (${/^a\.k\.a\. /.exec(name)?.[0] ?? ''}${turn(name.replace(alias, ''))})`);
  return {
    title: turn(main) + shown.join(''),
    year: year && Number(year) >= 1870 ? Number(year) : null,
    names: [turn(main), ...others.map((name) => turn(name.replace(alias, '')))],
  };
}
