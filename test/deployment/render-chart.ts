import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { parseTemplate, type TemplateNode, type Term } from './parse-template.ts';

/**
 * Renders a Helm chart as far as ours goes: the part of Go's template language and of Sprig that its templates use.
 * Whatever else they use is an error, and so is a value that values.yaml does not have: Helm would print nothing.
 */

export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };
type Dictionary = { readonly [key: string]: Value };

interface Scope {
  readonly dot: Value;
  readonly variables: Map<string, Value>;
}

const RELEASE = { Name: 'demo', Namespace: 'accounts', Service: 'Helm' };

/** The chart's objects with these values laid over its own, in the order of its files. */
export function renderChart(folder: string, overrides: Dictionary = {}): readonly unknown[] {
  const chart = parse(readFileSync(join(folder, 'Chart.yaml'), 'utf8'));
  const values = overlay(parse(readFileSync(join(folder, 'values.yaml'), 'utf8')), overrides);
  const { name, appVersion } = chart;
  const root: Value = { Values: values, Release: RELEASE, Chart: { Name: name, AppVersion: appVersion } };
  const files = globSync('templates/*', { cwd: folder })
    .toSorted()
    .map((path) => ({ path, nodes: parseTemplate(readFileSync(join(folder, path), 'utf8')) }));
  const definitions = new Map(
    files.flatMap(({ nodes }) =>
      nodes.flatMap((node) => (node.kind === 'define' ? [[node.name, node.body] as const] : [])),
    ),
  );
  return files.flatMap(({ path, nodes }) => {
    const text = new Renderer(definitions).render(nodes, { dot: root, variables: new Map([['$', root]]) });
    if (!path.endsWith('.yaml')) return [];
    return parseAllDocuments(text).flatMap((document) => {
      if (document.errors.length > 0) throw new Error(`${path}: ${document.errors[0]?.message}\n${text}`);
      const object: unknown = document.toJS();
      return object === null ? [] : [object];
    });
  });
}

/** Renders one template by itself. */
export function renderTemplate(template: string, root: Dictionary): string {
  return new Renderer(new Map()).render(parseTemplate(template), {
    dot: root,
    variables: new Map([['$', root]]),
  });
}

function overlay(base: Value, over: Value): Value {
  if (!isDictionary(base) || !isDictionary(over)) return over;
  const laid = Object.entries(over).map(([key, value]) => [key, overlay(base[key] ?? null, value)]);
  return { ...base, ...Object.fromEntries(laid) };
}

function isDictionary(value: Value): value is Dictionary {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As Go's templates see it: empty lists, texts and maps, zero and nothing are false. */
function isTrue(value: Value): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}

class Renderer {
  readonly #definitions: ReadonlyMap<string, readonly TemplateNode[]>;

  constructor(definitions: ReadonlyMap<string, readonly TemplateNode[]>) {
    this.#definitions = definitions;
  }

  render(nodes: readonly TemplateNode[], scope: Scope): string {
    return nodes.map((node) => this.#node(node, scope)).join('');
  }

  #node(node: TemplateNode, scope: Scope): string {
    switch (node.kind) {
      case 'text':
        return node.text;
      case 'define':
        return '';
      case 'print':
        return textOf(this.#pipeline(node.pipeline, scope));
      case 'assign':
        scope.variables.set(node.variable, this.#pipeline(node.pipeline, scope));
        return '';
      case 'if':
        return this.#branch(node, scope, (value) => (isTrue(value) ? [inner(scope)] : []));
      case 'with':
        return this.#branch(node, scope, (value) => (isTrue(value) ? [{ ...inner(scope), dot: value }] : []));
      case 'range':
        return this.#branch(node, scope, (value) => rangeScopes(value, node.variables, scope));
    }
  }

  #branch(
    node: Extract<TemplateNode, { kind: 'if' | 'with' | 'range' }>,
    scope: Scope,
    scopesOf: (value: Value) => readonly Scope[],
  ): string {
    const scopes = scopesOf(this.#pipeline(node.pipeline, scope));
    if (scopes.length === 0) return this.render(node.otherwise, inner(scope));
    return scopes.map((each) => this.render(node.body, each)).join('');
  }

  #pipeline(stages: readonly (readonly Term[])[], scope: Scope): Value {
    return (
      stages.reduce<Value | undefined>((piped, stage) => {
        const [head, ...rest] = stage;
        if (head === undefined) throw new Error('an empty stage of a pipeline');
        if (head.kind !== 'function') return this.#term(head, scope);
        const given = rest.map((term) => this.#term(term, scope));
        return this.#call(head.name, piped === undefined ? given : [...given, piped]);
      }, undefined) ?? null
    );
  }

  #term(term: Term, scope: Scope): Value {
    switch (term.kind) {
      case 'literal':
        return term.value;
      case 'group':
        return this.#pipeline(term.pipeline, scope);
      case 'function':
        return this.#call(term.name, []);
      case 'path': {
        const start = term.variable === null ? scope.dot : scope.variables.get(term.variable);
        if (start === undefined) throw new Error(`undefined variable ${term.variable}`);
        return term.fields.reduce<Value>((value, field) => fieldOf(value, field, term.fields), start);
      }
    }
  }

  #call(name: string, given: readonly Value[]): Value {
    const [first = null, second = null] = given;
    switch (name) {
      case 'include':
        return this.#include(textOf(first), second);
      case 'nindent':
        return `\n${textOf(second).replace(/^(?=.)/gm, ' '.repeat(Number(first)))}`;
      case 'quote':
        return JSON.stringify(textOf(first));
      case 'default':
        return isTrue(second) ? second : first;
      case 'required':
        if (!isTrue(second)) throw new Error(textOf(first));
        return second;
      case 'fail':
        throw new Error(textOf(first));
      case 'toYaml':
        return stringify(first).trimEnd();
      case 'sha256sum':
        return createHash('sha256').update(textOf(first)).digest('hex');
      case 'list':
        return given;
      case 'index':
        return fieldOf(first, textOf(second), [textOf(second)]);
      case 'eq':
        return first === second;
      case 'not':
        return !isTrue(first);
      case 'and':
        return given.find((value) => !isTrue(value)) ?? given.at(-1) ?? null;
      case 'add':
        return Number(first) + Number(second);
      default:
        throw new Error(`this check cannot render the function ${name}`);
    }
  }

  #include(name: string, dot: Value): string {
    const body = this.#definitions.get(name);
    if (body === undefined) throw new Error(`no template is called ${name}`);
    return this.render(body, { dot, variables: new Map([['$', dot]]) });
  }
}

function inner(scope: Scope): Scope {
  return { dot: scope.dot, variables: new Map(scope.variables) };
}

function rangeScopes(value: Value, names: readonly string[], scope: Scope): readonly Scope[] {
  const entries: (readonly [Value, Value])[] = Array.isArray(value)
    ? value.map((each, index) => [index, each])
    : isDictionary(value)
      ? Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
      : [];
  return entries.map(([key, each]) => {
    const within = { dot: each, variables: new Map(scope.variables) };
    const given = names.length === 2 ? [key, each] : [each];
    names.forEach((name, index) => {
      within.variables.set(name, given[index] ?? null);
    });
    return within;
  });
}

function fieldOf(value: Value, field: string, path: readonly string[]): Value {
  const found = isDictionary(value) ? value[field] : undefined;
  if (found === undefined) throw new Error(`there is no value .${path.join('.')} (${field})`);
  return found;
}

function textOf(value: Value): string {
  if (typeof value === 'object' && value !== null)
    throw new Error(`a map or list is printed: ${JSON.stringify(value)}`);
  return value === null ? '' : String(value);
}
