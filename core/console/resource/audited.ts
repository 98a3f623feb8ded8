import { Resource } from '@adminjs/sequelize';
import { BaseProperty, BaseRecord, type ActionContext, type Filter } from 'adminjs';
import { Op, type Sequelize, type Transaction } from 'sequelize';
import { audit } from '../../audit.ts';
import type { Bus } from '../../bus.ts';
import { sqlOver } from '../../database/connect.ts';
import { badRequest, notFound } from '../../errors.ts';
import type { ConsoleField, ConsoleResource } from '../part.ts';
import { fieldsOf, keyField, keyOf, stamps, type Row, type Rows } from './model.ts';
import { asRefusal, fieldErrors, refusal } from './refusals.ts';
import { parse, shown, type Value } from './values.ts';
import { whereOf } from './where.ts';

export interface ResourceParts {
  readonly spec: ConsoleResource;
  readonly rows: Rows;
  readonly sequelize: Sequelize;
  readonly bus: Bus;
}
type Params = Record<string, unknown>;
interface Page {
  readonly limit?: number;
  readonly offset?: number;
  readonly sort?: { readonly sortBy?: string; readonly direction?: 'asc' | 'desc' };
}
const mostRows = 100;

/**
 * AdminJS's view of one table. Every write is one transaction of the change, its audit row and the news to the other
 * processes; only columns declared as editable are written, and each value is checked before.
 */
export class AuditedResource extends Resource {
  readonly #parts: ResourceParts;
  readonly #fields: Readonly<Record<string, ConsoleField>>;
  readonly #key: string;

  constructor(parts: ResourceParts) {
    super(parts.rows as never);
    this.#parts = parts;
    this.#fields = fieldsOf(parts.spec);
    this.#key = keyOf(parts.spec);
  }

  override id(): string {
    return this.#parts.spec.id;
  }

  /** All are text to AdminJS, which would turn "" into 0 and "abc" into NaN; the options say how each is shown. */
  override properties(): BaseProperty[] {
    return Object.keys(this.#fields).map((name) => this.property(name)!);
  }
  override property(path: string): BaseProperty | null {
    return Object.hasOwn(this.#fields, path) ? new BaseProperty({ path, type: 'string', isId: path === this.#key }) : null;
  }

  override count(filter: Filter): Promise<number> {
    return this.#parts.rows.count({ where: whereOf(this.#fields, filter) });
  }

  override async find(filter: Filter, { limit = mostRows, offset = 0, sort = {} }: Page): Promise<BaseRecord[]> {
    const { sortBy = this.#key, direction } = sort;
    if (!Object.hasOwn(this.#fields, sortBy)) throw badRequest(`There is no column "${sortBy}" to sort by.`);
    const way = direction === 'desc' ? 'DESC' : 'ASC';
    const rows = await this.#parts.rows.findAll({
      where: whereOf(this.#fields, filter),
      limit: Math.min(limit, mostRows),
      offset,
      order: [
        [sortBy, way],
        [this.#key, way],
      ],
    });
    return rows.map((row) => this.#record(row));
  }

  override async findOne(id: string): Promise<BaseRecord> {
    return this.#record(await this.#row(id));
  }

  override async findMany(ids: readonly (string | number)[]): Promise<BaseRecord[]> {
    const known = ids.map((id) => this.#keyValue(id)).filter((id) => id !== undefined);
    const rows = await this.#parts.rows.findAll({ where: { [this.#key]: { [Op.in]: known as string[] } } });
    return rows.map((row) => this.#record(row));
  }

  override async create(params: Params, context?: ActionContext): Promise<Params> {
    const values = this.#values(params, true);
    return this.#write(context, 'create', async (transaction) => {
      const row = await this.#parts.rows.create(values, { transaction });
      return { row, after: values };
    });
  }

  override async update(id: string, params: Params, context?: ActionContext): Promise<Params> {
    const values = this.#values(params, false);
    return this.#write(context, 'update', async (transaction) => {
      const row = await this.#row(id, transaction);
      this.#refuseStale(row, params);
      const changed = Object.keys(values).filter((name) => !same(row.get(name), values[name]));
      if (changed.length === 0) return { row };
      const before = pick(row, changed);
      await row.update({ ...Object.fromEntries(changed.map((name) => [name, values[name]])), ...this.#stamped() }, { transaction });
      return { row, before, after: pick(row, changed) };
    });
  }

  override async delete(id: string, context?: ActionContext): Promise<void> {
    await this.#write(context, 'delete', async (transaction) => {
      const row = await this.#row(id, transaction);
      await row.destroy({ transaction });
      return { row, before: pick(row, Object.keys(this.#fields)) };
    });
  }

  async #write(
    context: ActionContext | undefined,
    verb: string,
    work: (transaction: Transaction) => Promise<{ row: Row; before?: Params; after?: Params }>,
  ): Promise<Params> {
    const { spec, sequelize, bus } = this.#parts;
    const operator = Number(context?.currentAdmin?.id);
    if (!Number.isSafeInteger(operator)) throw new Error('A change in the console needs an operator.');
    try {
      return await sequelize.transaction(async (transaction) => {
        const { row, before, after } = await work(transaction);
        if (!before && !after) return this.#record(row).params;
        const tx = sqlOver(sequelize, transaction),
          id = String(row.get(this.#key));
        await audit(tx, { operator, action: `${spec.id}.${verb}`, subject: `${spec.id} ${id}`, before, after });
        if (spec.notify) await bus.notify(tx, spec.notify, id);
        return this.#record(row).params;
      });
    } catch (error) {
      throw asRefusal(error);
    }
  }

  #record(row: Row): BaseRecord {
    return new BaseRecord(Object.fromEntries(Object.entries(this.#fields).map(([name, field]) => [name, shown(field, row.get(name))])), this);
  }

  async #row(id: string, transaction?: Transaction): Promise<Row> {
    const key = this.#keyValue(id);
    const row = key === undefined ? null : await this.#parts.rows.findByPk(key, transaction ? { transaction, lock: true } : {});
    if (!row) throw notFound('record');
    return row;
  }

  #keyValue(id: string | number): string | number | undefined {
    const parsed = parse({ ...keyField(this.#parts.spec), required: true }, String(id));
    return 'value' in parsed ? (parsed.value as string | number) : undefined;
  }

  /** The white list: what is not editable is left out, whatever the form sent. */
  #values(params: Params, all: boolean): Record<string, Value> {
    const values: Record<string, Value> = {},
      messages: Record<string, string> = {};
    for (const [name, field] of Object.entries(this.#fields)) {
      if (!field.editable || (!all && !(name in params)) || (all && !(name in params) && !field.required)) continue;
      const parsed = parse(field, params[name]);
      if ('message' in parsed) messages[name] = parsed.message;
      else values[name] = parsed.value;
    }
    if (Object.keys(messages).length > 0) throw fieldErrors(messages);
    return values;
  }

  #refuseStale(row: Row, params: Params): void {
    const stamp = stamps.find((name) => name in this.#fields && params[name] !== undefined);
    if (stamp && String(shown(this.#fields[stamp]!, row.get(stamp))) !== String(params[stamp])) {
      throw refusal('Somebody else changed this meanwhile. Open it again, look at the change and save once more.');
    }
  }

  #stamped(): Params {
    return 'updated_at' in this.#fields ? { updated_at: new Date() } : {};
  }
}

const pick = (row: Row, names: readonly string[]): Params => Object.fromEntries(names.map((name) => [name, row.get(name)]));
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
