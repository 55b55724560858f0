import { isRecord } from '../wire/records.ts';
import { components } from './components.ts';

/** A field of a schema as people read it. */
export interface SchemaLine {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
}

/** The fields of a component, including those of its parts; empty for one that is no object. */
export function schemaLines(component: string): SchemaLine[] {
  return linesOf(components[component]);
}

function linesOf(schema: unknown): SchemaLine[] {
  if (!isRecord(schema)) return [];
  const parts = schema['allOf'];
  if (Array.isArray(parts)) return parts.flatMap((part) => linesOf(resolved(part)));
  const { properties, required } = schema;
  const needed: readonly unknown[] = Array.isArray(required) ? required : [];
  if (!isRecord(properties)) return [];
  return Object.entries(properties).map(([name, shape]) => ({
    name,
    type: typeOf(shape),
    required: needed.includes(name),
  }));
}

function resolved(schema: unknown): unknown {
  const name = nameOf(schema);
  return name === null ? schema : components[name];
}

/** The component that a schema is; null: it is none. */
function nameOf(schema: unknown): string | null {
  const reference = isRecord(schema) ? schema['$ref'] : undefined;
  return typeof reference === 'string' ? reference.replace(/^.*\//, '') : null;
}

function typeOf(schema: unknown): string {
  const name = nameOf(schema);
  if (name !== null) {
    const target = components[name];
    return Array.isArray(target?.['enum']) ? target['enum'].join(' | ') : name;
  }
  if (!isRecord(schema)) return '';
  const choices = schema['enum'];
  if (Array.isArray(choices)) return choices.join(' | ');
  for (const key of ['allOf', 'anyOf']) {
    const parts = schema[key];
    if (Array.isArray(parts)) return parts.map(typeOf).join(' | ');
  }
  const { type, items, format } = schema;
  if (items !== undefined) return `${typeOf(items) || 'any'}[]`;
  const names = Array.isArray(type) ? type.join(' | ') : String(type ?? 'any');
  return format === undefined ? names : `${names} (${String(format)})`;
}
