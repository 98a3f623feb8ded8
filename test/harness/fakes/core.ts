import type { Request, Response } from 'express';
import type { Bus } from '../../../core/bus.ts';
import type { Sql } from '../../../core/database/sql.ts';
import type { PageOptions, Pages } from '../../../core/http/page.ts';

type Rows = readonly object[] | ((bind: readonly unknown[]) => readonly object[]);

/** No database: it answers the statements that it was told of, and every other one with no rows. */
export class FakeSql implements Sql {
  /** what was asked, in order */
  readonly statements: { readonly text: string; readonly bind: readonly unknown[] }[] = [];
  readonly #answers: [RegExp, Rows][] = [];

  /** The newest answer that fits wins. */
  answer(statement: RegExp, rows: Rows): this {
    this.#answers.unshift([statement, rows]);
    return this;
  }

  async rows<T extends object>(text: string, bind: readonly unknown[] = []): Promise<T[]> {
    this.statements.push({ text, bind });
    const rows = this.#answers.find(([pattern]) => pattern.test(text))?.[1] ?? [];
    return [...(typeof rows === 'function' ? rows(bind) : rows)] as T[];
  }

  async one<T extends object>(text: string, bind?: readonly unknown[]): Promise<T | undefined> {
    return (await this.rows<T>(text, bind))[0];
  }

  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
    return work(this);
  }
}

/** News within this process, at once. */
export class FakeBus implements Bus {
  readonly handlers = new Set<{ readonly topic: string; readonly handle: (text: string | undefined) => void | Promise<void> }>();

  async notify(_tx: Sql, topic: string, text = ''): Promise<void> {
    for (const handler of this.handlers) if (handler.topic === topic) await handler.handle(text);
  }

  on(topic: string, handle: (text: string | undefined) => void | Promise<void>): () => void {
    const handler = { topic, handle };
    this.handlers.add(handler);
    return () => void this.handlers.delete(handler);
  }
}

/** Sends the template's name and its data as JSON, so that a test sees what a page is made of. */
export class FakePages implements Pages {
  readonly texts = { t: (_language: string, key: string) => key, say: (_language: string, message: string) => message };
  async send(_request: Request, response: Response, template: string, data: object, options: PageOptions = {}): Promise<void> {
    response.status(options.status ?? 200).json({ template, data });
  }
}
