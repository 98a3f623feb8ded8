import { readFileSync, readdirSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import type { AnyPlugin } from '../../core/plugin.ts';
import { views } from '../harness/app.ts';

export interface Template {
  readonly name: string;
  readonly partials: ReadonlySet<string>;
  readonly slots: ReadonlySet<string>;
}

/** Collects what a template names; whatever it cannot know until it runs is left out. */
class Names extends Handlebars.Visitor {
  readonly partials = new Set<string>();
  readonly slots = new Set<string>();

  override PartialStatement(partial: hbs.AST.PartialStatement): void {
    const name = partial.name.type === 'PathExpression' ? (partial.name as hbs.AST.PathExpression).original : undefined;
    if (name === 'slot') this.#slot(partial.hash);
    else if (name !== undefined) this.partials.add(name);
    super.PartialStatement(partial);
  }
  override PartialBlockStatement(partial: hbs.AST.PartialBlockStatement): void {
    if (partial.name.type === 'PathExpression') this.partials.add((partial.name as hbs.AST.PathExpression).original);
    super.PartialBlockStatement(partial);
  }
  /** {{#each (fragments "card.actions" id)}}: the same, written out where it is drawn hundreds of times. */
  override SubExpression(expression: hbs.AST.SubExpression): void {
    const [name] = expression.params;
    if ((expression.path as hbs.AST.PathExpression).original === 'fragments' && name?.type === 'StringLiteral')
      this.slots.add((name as hbs.AST.StringLiteral).value);
    super.SubExpression(expression);
  }
  /** {{> slot name="nav" subject=0}}: what the core fills with fragments. */
  #slot(hash: hbs.AST.Hash): void {
    const value = hash.pairs.find(({ key }) => key === 'name')?.value;
    if (value?.type === 'StringLiteral') this.slots.add((value as hbs.AST.StringLiteral).value);
  }
}

/** The templates of a folder, each compiled once. @throws where one does not compile */
export function templatesOf(folder: URL, prefix = ''): Template[] {
  const root = fileURLToPath(folder);
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.hbs'))
    .map((entry) => {
      const file = `${entry.parentPath}/${entry.name}`,
        source = readFileSync(file, 'utf8');
      Handlebars.precompile(source);
      const names = new Names();
      names.accept(Handlebars.parse(source));
      return { name: prefix + relative(root, file).slice(0, -'.hbs'.length), partials: names.partials, slots: names.slots };
    });
}

export const templatesOfPlugin = ({ id, views: folder }: AnyPlugin): Template[] => (folder ? templatesOf(folder, `${id}/`) : []);
export const sharedTemplates = (): Template[] => templatesOf(views);
