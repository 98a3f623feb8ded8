import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Request, Response } from 'express';
import Handlebars from 'handlebars';
import { languageHelpers } from '../../i18n/helpers.ts';
import { languageOf } from '../../i18n/languages.ts';
import { Texts } from '../../i18n/texts.ts';
import type { AnyPlugin } from '../plugin.ts';
import type { Logger } from '../log.ts';
import type { Fragment } from './fragment.ts';
import type { PageOptions, Pages as PagesType } from './page.ts';

type Filled = ReadonlyMap<string, readonly { readonly template: string; readonly data: ReadonlyMap<number, object> }[]>;
interface Root {
  readonly slots: Filled;
  readonly shared: object;
}
/** slots of the layout itself; they have one subject */
const everywhere = { nav: [0], news: [0], notices: [0], footer: [0] };

/** Handlebars with everybody's templates, and the fragments that plugins put on each other's pages. */
export class Pages implements PagesType {
  readonly #handlebars = Handlebars.create();
  readonly #fragments = new Set<Fragment>();
  readonly texts: Texts;
  readonly #assets: ReadonlyMap<string, string>;
  readonly #log: Logger;

  /** @param views the site's own templates; a plugin's are named "<plugin id>/<name>" */
  constructor(views: URL, plugins: readonly AnyPlugin[], log: Logger) {
    this.#log = log;
    this.#assets = hashes(fileURLToPath(new URL('assets/', views)));
    const folders = [{ id: 'site', texts: new URL('texts/', views) }, ...plugins].flatMap(({ id, texts }) => (texts ? [[id, texts] as const] : []));
    this.texts = new Texts(new Map(folders));
    const helpers = { ...languageHelpers(this.texts), ...this.#helpers() },
      // What is no helper of these is a value: asking for a helper each time would take a tenth of the rendering.
      options = { preventIndent: true, knownHelpersOnly: true, knownHelpers: Object.fromEntries(Object.keys(helpers).map((name) => [name, true])) };
    this.#handlebars.registerHelper(helpers);
    this.#load('', views, options);
    for (const plugin of plugins) if (plugin.views) this.#load(`${plugin.id}/`, plugin.views, options);
  }

  addFragment(fragment: Fragment): () => void {
    this.#fragments.add(fragment);
    return () => void this.#fragments.delete(fragment);
  }

  async send(request: Request, response: Response, template: string, data: object, options: PageOptions = {}): Promise<void> {
    const shared = {
      csrf: request.csrf,
      account: request.account,
      path: request.originalUrl,
      request: request.id,
      nonce: response.locals['nonce'] as string,
      language: languageOf(request),
    };
    const [html] = await Promise.all([this.#render(request, template, { ...shared, ...data, shared }, options.slots), options.stored]);
    response
      .status(options.status ?? 200)
      .type('html')
      .vary('Accept-Language, Cookie')
      .setHeader('cache-control', 'private, no-cache');
    // `send` would hash it for an ETag, which no second answer can match.
    response.end(Buffer.from(html));
  }

  async #render(request: Request, template: string, data: object, wanted: PageOptions['slots']): Promise<string> {
    const slots = await this.#fill(request, { ...everywhere, ...wanted });
    return this.#template(template)({ ...data, slots });
  }

  /** A fragment that fails is left out: the page is more than its extras. */
  async #fill(request: Request, wanted: Readonly<Record<string, readonly number[]>>): Promise<Filled> {
    const ordered = [...this.#fragments].filter(({ slot }) => slot in wanted).sort((a, b) => (a.order ?? 100) - (b.order ?? 100));
    const loaded = await Promise.all(
      ordered.map(async (fragment) => {
        try {
          return { ...fragment, data: await fragment.load(request, wanted[fragment.slot]!) };
        } catch (error) {
          this.#log.error(`fragment ${fragment.template} failed`, error);
          return { ...fragment, data: new Map<number, object>() };
        }
      }),
    );
    return groupBySlot(loaded);
  }

  #template(name: string): Handlebars.TemplateDelegate {
    const template = this.#handlebars.partials[name] as Handlebars.TemplateDelegate | undefined;
    if (!template) throw new Error(`There is no template "${name}".`);
    return template;
  }

  #load(prefix: string, folder: URL, options: Parameters<typeof Handlebars.compile>[1]): void {
    const root = fileURLToPath(folder);
    if (!existsSync(root)) return;
    for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith('.hbs')) continue;
      const file = join(entry.parentPath, entry.name);
      const name = prefix + relative(root, file).replaceAll('\\', '/').slice(0, -'.hbs'.length);
      this.#handlebars.registerPartial(name, this.#handlebars.compile(readFileSync(file, 'utf8'), options));
    }
  }

  #helpers(): Handlebars.HelperDeclareSpec {
    const icons = `/assets/icons.svg?v=${this.#assets.get('icons.svg') ?? ''}`;
    return {
      eq: (a: unknown, b: unknown) => a === b,
      initial: (name: unknown) => (typeof name === 'string' ? [...name][0]?.toUpperCase() : ''),
      asset: (name: string) => `/assets/${name}?v=${this.#assets.get(name) ?? ''}`,
      // A partial with a hash copies all that the page knows, four times a card.
      icon: (name: string) =>
        new Handlebars.SafeString(`<svg class="icon" aria-hidden="true"><use href="${icons}#${Handlebars.escapeExpression(name)}"/></svg>`),
      fragments: (name: string, subject: number, options: Handlebars.HelperOptions) => fragmentsIn(options.data.root as Root, name, subject),
    };
  }
}

/** What all plugins have to show in a slot, for views/slot.hbs: as a partial a template costs a tenth of rendering it by itself. */
const fragmentsIn = ({ slots, shared }: Root, name: string, subject: number): { template: string; data: object }[] =>
  (slots.get(name) ?? []).flatMap(({ template, data }) => {
    const found = data.get(subject);
    // Two spreads would take ten times as long, which shows with two hundred of them on a page.
    return found ? [{ template, data: Object.assign({}, shared, found) }] : [];
  });

function groupBySlot(loaded: readonly { readonly slot: string; readonly template: string; readonly data: ReadonlyMap<number, object> }[]): Filled {
  const slots = new Map<string, { template: string; data: ReadonlyMap<number, object> }[]>();
  for (const { slot, template, data } of loaded) slots.set(slot, [...(slots.get(slot) ?? []), { template, data }]);
  return slots;
}

function hashes(folder: string): Map<string, string> {
  return new Map(existsSync(folder) ? readdirSync(folder).map((name) => [name, shortHash(readFileSync(join(folder, name)))]) : []);
}
const shortHash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex').slice(0, 10);
