import {
  capabilities,
  type DatabaseCapability,
  type DatabaseEngine,
  databaseEngines,
  type PermissionCategory,
  permissionCategories,
} from '../engines.ts';

/** A question about one account's facts; a tree. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly capability: DatabaseCapability }
  | { readonly privilege: PrivilegeCondition }
  | { readonly role: string }
  | { readonly nameLike: string }
  | { readonly locked: boolean }
  | { readonly system: boolean }
  | { readonly engine: DatabaseEngine }
  | { readonly attribute: { readonly name: string; readonly equals: unknown } };

export interface PrivilegeCondition {
  readonly privilege: string;
  readonly category: PermissionCategory | null;
  readonly scope: string | null;
  readonly object: string | null;
  readonly grantable: boolean | null;
  /** Also what comes through roles. */
  readonly effective: boolean;
}

/** A problem with a tree and its place: `when.all.0.privilege`. */
export interface ConditionProblem {
  readonly path: readonly string[];
  readonly variant: 'ONE_MEMBER' | 'EMPTY_LIST' | 'BLANK' | 'TOO_DEEP' | 'VALUE';
}

export type ParsedCondition =
  | { readonly condition: Condition; readonly problems: readonly [] }
  | { readonly condition: null; readonly problems: readonly ConditionProblem[] };

const members = [
  'all',
  'any',
  'not',
  'capability',
  'privilege',
  'role',
  'nameLike',
  'locked',
  'system',
  'engine',
  'attribute',
];
/** Greatest depth of a tree; a deeper one is unreadable. */
const DEPTH_MAX = 12;

/** Reads a tree as the API takes it: exactly one member of each node is set. */
export function parseCondition(input: unknown, path: readonly string[] = ['when']): ParsedCondition {
  const problems: ConditionProblem[] = [];
  const condition = parse(input, { path, problems, depth: 0 });
  if (condition === null || problems.length > 0) return { condition: null, problems };
  return { condition, problems: [] };
}

interface Place {
  readonly path: readonly string[];
  readonly problems: ConditionProblem[];
  readonly depth: number;
}

function parse(input: unknown, place: Place): Condition | null {
  if (place.depth > DEPTH_MAX) return refuse(place, 'TOO_DEEP');
  const node = objectOf(input);
  if (node === null) return refuse(place, 'ONE_MEMBER');
  const set = Object.entries(node).filter(([, value]) => value !== null && value !== undefined);
  const [first] = set;
  if (first === undefined || set.length > 1 || !members.includes(first[0]))
    return refuse(place, 'ONE_MEMBER');
  const [member, value] = first;
  return parseMember(member, value, { ...place, path: [...place.path, member] });
}

function parseMember(member: string, value: unknown, place: Place): Condition | null {
  switch (member) {
    case 'all':
    case 'any': {
      const list = parseList(value, place);
      if (list === null) return null;
      return member === 'all' ? { all: list } : { any: list };
    }
    case 'not': {
      const not = parse(value, { ...place, depth: place.depth + 1 });
      return not === null ? null : { not };
    }
    case 'capability':
      return oneOf(capabilities, value, place, (capability) => ({ capability }));
    case 'engine':
      return oneOf(databaseEngines, value, place, (engine) => ({ engine }));
    case 'locked':
      return typeof value === 'boolean' ? { locked: value } : refuse(place, 'VALUE');
    case 'system':
      return typeof value === 'boolean' ? { system: value } : refuse(place, 'VALUE');
    case 'role':
      return textOf(value, place, (role) => ({ role }));
    case 'nameLike':
      return textOf(value, place, (nameLike) => ({ nameLike }));
    case 'privilege':
      return parsePrivilege(value, place);
    default:
      return parseAttribute(value, place);
  }
}

function parseList(value: unknown, place: Place): readonly Condition[] | null {
  if (!Array.isArray(value) || value.length === 0) return refuse(place, 'EMPTY_LIST');
  const parts = value.map((part: unknown, index) =>
    parse(part, { ...place, path: [...place.path, String(index)], depth: place.depth + 1 }),
  );
  const good = parts.filter((part) => part !== null);
  return good.length === parts.length ? good : null;
}

function parsePrivilege(value: unknown, place: Place): Condition | null {
  const node = objectOf(value);
  const name = node?.['privilege'];
  if (node === null || typeof name !== 'string' || name.trim() === '') return refuse(place, 'BLANK');
  const category = permissionCategories.find((one) => one === node['category']) ?? null;
  if (node['category'] !== null && node['category'] !== undefined && category === null)
    return refuse(place, 'VALUE');
  const grantable = node['grantable'];
  return {
    privilege: {
      privilege: name.trim().toUpperCase(),
      category,
      scope: optionalText(node['scope']),
      object: optionalText(node['object']),
      grantable: typeof grantable === 'boolean' ? grantable : null,
      effective: node['effective'] !== false,
    },
  };
}

function parseAttribute(value: unknown, place: Place): Condition | null {
  const node = objectOf(value);
  const name = node?.['name'];
  if (node === null || typeof name !== 'string' || name.trim() === '') return refuse(place, 'BLANK');
  return { attribute: { name, equals: node['equals'] ?? null } };
}

function oneOf<Value extends string>(
  values: readonly Value[],
  value: unknown,
  place: Place,
  make: (value: Value) => Condition,
): Condition | null {
  const known = values.find((one) => one === value);
  return known === undefined ? refuse(place, 'VALUE') : make(known);
}

function textOf(value: unknown, place: Place, make: (value: string) => Condition): Condition | null {
  return typeof value === 'string' && value.trim() !== '' ? make(value) : refuse(place, 'BLANK');
}

function optionalText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return Object.fromEntries(Object.entries(value));
}

function refuse(place: Place, variant: ConditionProblem['variant']): null {
  place.problems.push({ path: place.path, variant });
  return null;
}
