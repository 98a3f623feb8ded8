import { DataTypes, type Model, type ModelAttributes, type ModelStatic, type Sequelize } from 'sequelize';
import type { ConsoleField, ConsoleResource } from '../part.ts';

export type Row = Model<Record<string, unknown>, Record<string, unknown>>;
export type Rows = ModelStatic<Row>;

const columnType = {
  string: DataTypes.TEXT,
  text: DataTypes.TEXT,
  integer: DataTypes.INTEGER,
  number: DataTypes.DOUBLE,
  boolean: DataTypes.BOOLEAN,
  date: DataTypes.DATE,
  json: DataTypes.JSONB,
  list: DataTypes.ARRAY(DataTypes.TEXT),
} as const;

/** columns that tell a stale form from a fresh one, where the table has one */
export const stamps: readonly string[] = ['version', 'updated_at'];

export const keyOf = ({ key = 'id' }: ConsoleResource): string => key;
/** The key is a whole number unless the resource says otherwise. */
export const keyField = (resource: ConsoleResource): ConsoleField => resource.fields[keyOf(resource)] ?? { type: 'integer' };
/** The columns that the console knows of: what is declared, and the key. */
export const fieldsOf = (resource: ConsoleResource): Readonly<Record<string, ConsoleField>> => ({
  [keyOf(resource)]: keyField(resource),
  ...resource.fields,
});

/** A Sequelize model of the declared columns alone: no query of the console can name another. */
export function modelOf(sequelize: Sequelize, resource: ConsoleResource): Rows {
  const key = keyOf(resource);
  const attributes: ModelAttributes<Row> = {};
  for (const [name, { type }] of Object.entries(fieldsOf(resource))) {
    attributes[name] = { type: columnType[type], ...(name === key && { primaryKey: true, autoIncrement: type === 'integer' }) };
  }
  return sequelize.define<Row>(`console.${resource.id}`, attributes, { tableName: resource.table ?? resource.id, timestamps: false });
}
