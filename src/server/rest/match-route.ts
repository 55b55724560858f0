import { restGoneRoutes, restRoutes } from './table/route-table.ts';
import type { GoneRoute, RestRoute } from './wire/route.ts';

type AnyRoute = RestRoute | GoneRoute;

/** An address of the first system. */
export interface MatchedPath {
  readonly path: Readonly<Record<string, string>>;
  /** Routes of an address by method; empty: nothing is at this address. */
  readonly methods: ReadonlyMap<string, AnyRoute>;
}

interface Template {
  readonly parts: readonly string[];
  readonly methods: Map<string, AnyRoute>;
}

/** The first part of every path of the table. */
const PREFIXES = new Set([...restRoutes, ...restGoneRoutes].map(({ path }) => path.split('/')[1] ?? ''));

/** Paths with more words in them come first: `task_stats` is no id. */
const templates: readonly Template[] = templatesOf([...restRoutes, ...restGoneRoutes]);

function templatesOf(routes: readonly AnyRoute[]): Template[] {
  const found = new Map<string, Template>();
  for (const route of routes) {
    const template = found.get(route.path) ?? { parts: partsOf(route.path), methods: new Map() };
    template.methods.set(route.method, route);
    found.set(route.path, template);
  }
  const names = ({ parts }: Template) => parts.filter(isName).length;
  return [...found.values()].toSorted((a, b) => names(a) - names(b));
}

function isName(part: string): boolean {
  return part.startsWith('{');
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}

/**
 * Finds the address of a path: with or without a final slash, with or without `.json`, and triggers also with
 * hyphens. Null: it is none of the first system's.
 */
export function matchPath(pathname: string): MatchedPath | null {
  const bare = pathname.replace(/\/+$/, '').replace(/\.json$/, '');
  const [first = '', ...rest] = partsOf(bare).map(decode);
  if (!PREFIXES.has(first) || pathname.startsWith('//')) return null;
  const given =
    first === 'task-management'
      ? [first, ...rest.map((part) => part.replaceAll('-', '_'))]
      : [first, ...rest];
  const parts = given.filter((part) => part !== '');
  for (const { parts: expected, methods } of templates) {
    if (expected.length !== parts.length) continue;
    if (!expected.every((part, index) => isName(part) || part === parts[index])) continue;
    const names = expected.flatMap((part, index) =>
      isName(part) ? [[part.slice(1, -1), parts[index] ?? ''] as const] : [],
    );
    return { path: Object.fromEntries(names), methods };
  }
  return { path: {}, methods: new Map() };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // Nothing is called so.
    return '\uFFFD';
  }
}

/** The methods of an address, HEAD and OPTIONS among them. */
export function allowedMethods(methods: ReadonlyMap<string, AnyRoute>): string {
  const own: readonly string[] = [...methods.keys()];
  return [...own, ...(own.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
}

/** The route of a method; HEAD is answered as GET. */
export function routeOf({ methods }: MatchedPath, method: string): AnyRoute | null {
  return methods.get(method === 'HEAD' ? 'GET' : method) ?? null;
}
