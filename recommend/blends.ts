import type { Bus } from '../core/bus.ts';
import type { Sql } from '../core/database/sql.ts';
import { audit } from '../core/audit.ts';
import { invalid, notFound, stale } from '../core/errors.ts';
import { cleanText, read } from '../core/http/form.ts';
import { BlendSpec, type BlendVersion } from './blend-spec.ts';

const topic = 'blends';
const columns = 'v.id, v.blend, b.name, v.version, v.spec';

/** The versioned blends. All versions that were ever served stay, so that a list can be explained later. */
export class Blends {
  readonly #sql: Sql;
  readonly #bus: Bus;
  readonly #versions = new Map<number, BlendVersion>();
  #default: BlendVersion | undefined;
  #asked = 0;
  #answered = 0;

  constructor(sql: Sql, bus: Bus) {
    this.#sql = sql;
    this.#bus = bus;
  }

  /** Reads all versions into memory and keeps them fresh. Returns the undo. */
  async open(): Promise<() => void> {
    const undo = this.#bus.on(topic, () => this.#load());
    await this.#load();
    return undo;
  }

  /** The latest version of the default blend; undefined on an empty site. */
  current(): BlendVersion | undefined {
    return this.#default;
  }
  version(id: number): BlendVersion | undefined {
    return this.#versions.get(id);
  }
  all(): BlendVersion[] {
    return [...this.#versions.values()];
  }
  /** The newest version of each blend, the default first. */
  latest(): BlendVersion[] {
    const newest = new Map<number, BlendVersion>();
    for (const version of this.#versions.values()) newest.set(version.blend, version);
    return [...newest.values()].sort((a, b) => Number(b.blend === this.#default?.blend) - Number(a.blend === this.#default?.blend));
  }

  /** A new blend with its first version. The first blend of a site is its default. */
  async create(name: string, spec: unknown, operator: number | null): Promise<BlendVersion> {
    const clean = cleanText(name);
    if (clean.length < 1 || clean.length > 80) throw invalid({ name: 'Give the blend a name of 1 to 80 characters.' });
    const valid = read(BlendSpec, spec);
    const version = await this.#sql.transaction(async (tx) => {
      const blend = await tx.one<{ id: number }>(
        `insert into blend (name, is_default)
        values ($1, not exists (select from blend where is_default)) on conflict (name) do nothing returning id`,
        [clean],
      );
      if (!blend) throw invalid({ name: `There is a blend "${clean}" already. Choose another name.` });
      return this.#insert(tx, blend.id, 1, valid, '', operator, undefined);
    });
    await this.#load();
    return version;
  }

  /** A new version of a blend. `base` is the version id that the operator was looking at. */
  async save(blend: number, base: number, spec: unknown, note: string, operator: number | null): Promise<BlendVersion> {
    const valid = read(BlendSpec, spec);
    const saved = await this.#sql.transaction(async (tx) => {
      if (!(await tx.one('select id from blend where id = $1 for update', [blend]))) throw notFound('blend');
      const last = await tx.one<BlendVersion>(
        `select ${columns} from blend_version v join blend b on b.id = v.blend
        where v.blend = $1 order by v.version desc limit 1`,
        [blend],
      );
      if (last?.id !== base) throw stale('blend');
      return this.#insert(tx, blend, last.version + 1, valid, cleanText(note).slice(0, 500), operator, last.spec);
    });
    await this.#load();
    return saved;
  }

  /** Which blend viewers outside of experiments get. */
  async makeDefault(blend: number, operator: number | null): Promise<void> {
    await this.#sql.transaction(async (tx) => {
      const before = await tx.one<{ id: number }>('select id from blend where is_default for update');
      await tx.rows('update blend set is_default = false where is_default');
      if (!(await tx.one('update blend set is_default = true where id = $1 returning id', [blend]))) throw notFound('blend');
      await audit(tx, { operator, action: 'blend.default', subject: `blend ${blend}`, before: before?.id, after: blend });
      await this.#bus.notify(tx, topic);
    });
    await this.#load();
  }

  async #insert(tx: Sql, blend: number, version: number, spec: BlendSpec, note: string, operator: number | null, before: BlendSpec | undefined) {
    const row = (await tx.one<BlendVersion>(
      `with v as (insert into blend_version (blend, version, spec, note, created_by)
      values ($1, $2, $3, $4, $5) returning *) select ${columns} from v join blend b on b.id = v.blend`,
      [blend, version, JSON.stringify(spec), note, operator],
    ))!;
    await audit(tx, { operator, action: 'blend.save', subject: `blend ${blend}`, before, after: spec });
    await this.#bus.notify(tx, topic);
    return row;
  }

  /** An answer that comes after a later one is old news. */
  async #load(): Promise<void> {
    const turn = ++this.#asked;
    const rows = await this.#sql.rows<BlendVersion & { is_default: boolean }>(
      `select ${columns}, b.is_default from blend_version v join blend b on b.id = v.blend order by v.id`,
    );
    if (turn < this.#answered) return;
    this.#answered = turn;
    this.#versions.clear();
    for (const { is_default, ...row } of rows) {
      // Versions from before a setting existed get its default.
      const version = { ...row, spec: BlendSpec.parse(row.spec) };
      this.#versions.set(version.id, version);
      if (is_default) this.#default = version;
    }
  }
}
