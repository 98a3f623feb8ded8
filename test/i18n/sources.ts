import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import type { Language } from '../../i18n/languages.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const below = (folder: string, ending: RegExp): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => join(root, folder, name));

/** All code that may name a key or make a sentence, as one text. */
export const code = (): string =>
  ['core', 'i18n', 'recommend', 'plugins']
    .flatMap((folder) => below(folder, /\.ts$/))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');

/** Collects the keys that {{t 'key'}} names as literals. */
class Keys extends Handlebars.Visitor {
  readonly found = new Set<string>();
  #note({ path, params }: { readonly path: unknown; readonly params: readonly unknown[] }): void {
    const [key] = params as readonly hbs.AST.StringLiteral[];
    if ((path as hbs.AST.PathExpression).original === 't' && key?.type === 'StringLiteral') this.found.add(key.value);
  }
  override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
    this.#note(mustache);
    super.MustacheStatement(mustache);
  }
  override SubExpression(expression: hbs.AST.SubExpression): void {
    this.#note(expression);
    super.SubExpression(expression);
  }
}

/** The keys that templates use. */
export function keysInTemplates(): ReadonlySet<string> {
  const keys = new Keys();
  for (const file of ['views', 'plugins'].flatMap((folder) => below(folder, /\.hbs$/))) keys.accept(Handlebars.parse(readFileSync(file, 'utf8')));
  return keys.found;
}

type Tree = { readonly [key: string]: string | Tree };
const flat = (tree: Tree, prefix: string): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flat(value, `${prefix}${key}.`),
  );
const json = (file: URL): Tree => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Tree) : {});

/** The texts of a folder by their whole key. */
export const textsOf = (id: string, folder: URL, language: Language): ReadonlyMap<string, string> =>
  new Map(flat(json(new URL(`${language}.json`, folder)), `${id}.`));
/** The sentences of a folder by the English one. */
export const messagesOf = (folder: URL, language: Language): ReadonlyMap<string, string> =>
  new Map(flat(json(new URL(`messages.${language}.json`, folder)), ''));

export const withoutPlural = (key: string): string => key.replace(/_(zero|one|two|few|many|other)$/, '');
export const placesOf = (text: string): string[] => [...new Set([...text.matchAll(/\{\{(\w+)/g)].map(([, name]) => name!))].sort();
