import type { ResourceOptions } from 'adminjs';
import { atLeast, type Account, type Role } from '../../http/request.ts';
import type { ConsoleField, ConsoleResource } from '../part.ts';
import { fieldsOf, keyOf } from './model.ts';

export type Verb = 'list' | 'show' | 'search' | 'new' | 'edit' | 'delete';
const needs: Record<Verb, keyof ConsoleResource['allow']> = {
  list: 'list',
  show: 'list',
  search: 'list',
  new: 'new',
  edit: 'edit',
  delete: 'delete',
};
const verbs = Object.keys(needs) as Verb[];

/** Refused unless the resource grants it: what AdminJS can do besides (bulk actions) is granted to nobody. */
export function mayDo(resource: ConsoleResource, verb: string, role: Role): verb is Verb {
  const needed = Object.hasOwn(needs, verb) ? resource.allow[needs[verb as Verb]] : undefined;
  return needed !== undefined && atLeast({ role } as Account, needed);
}

/** How AdminJS shows a resource to one role. `present`: the resources that this role can open, for links between them. */
export function optionsOf(resource: ConsoleResource, role: Role, present: ReadonlySet<string>): ResourceOptions {
  const fields = Object.entries(fieldsOf(resource)),
    key = keyOf(resource);
  const names = (keep: (field: ConsoleField, name: string) => boolean) => fields.filter(([name, field]) => keep(field, name)).map(([name]) => name);
  const declared = (name: string) => name in resource.fields;
  return {
    id: resource.id,
    navigation: { name: resource.group },
    sort: { sortBy: key, direction: 'desc' },
    titleProperty: names((field, name) => name !== key && (field.type === 'string' || field.type === 'text'))[0] ?? key,
    listProperties: names((field, name) => declared(name) && field.list !== false && field.type !== 'json').slice(0, 8),
    showProperties: names(() => true),
    editProperties: names((field) => field.editable === true),
    filterProperties: names((field, name) => declared(name) && field.type !== 'json' && field.type !== 'list'),
    properties: Object.fromEntries(fields.map(([name, field]) => [name, propertyOf(field, present)])),
    actions: {
      ...Object.fromEntries(
        verbs.map((verb) => [verb, { isAccessible: mayDo(resource, verb, role), isVisible: verb !== 'search' && mayDo(resource, verb, role) }]),
      ),
      bulkDelete: { isAccessible: false, isVisible: false },
    },
    translations: {
      en: {
        actions: { list: resource.title },
        properties: Object.fromEntries(fields.filter(([, field]) => field.title).map(([name, field]) => [name, field.title!])),
      },
    },
  };
}

function propertyOf(field: ConsoleField, present: ReadonlySet<string>): NonNullable<ResourceOptions['properties']>[string] {
  const { min, max } = field;
  const numeric = field.type === 'integer' || field.type === 'number';
  return {
    type: field.type === 'boolean' ? 'boolean' : field.type === 'date' ? 'datetime' : field.type === 'string' || numeric ? 'string' : 'textarea',
    isSortable: field.type !== 'json' && field.type !== 'list',
    isRequired: field.required ?? false,
    ...(field.reference && present.has(field.reference) && { reference: field.reference }),
    ...(field.choices && { availableValues: field.choices.map((value) => ({ value, label: value })) }),
    ...(numeric && { props: { type: 'number', step: field.type === 'integer' ? 1 : 'any', min, max } }),
    ...((field.type === 'text' || field.type === 'json' || field.type === 'list') && { props: { rows: 6 } }),
    ...(field.type === 'list' && { description: 'One to a line.' }),
  };
}
