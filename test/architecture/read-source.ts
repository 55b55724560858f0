/** A file of the tree; `path` is relative to the project, with `/`. */
export interface SourceFile {
  readonly path: string;
  readonly source: string;
}

export interface Import {
  /** As written. */
  readonly specifier: string;
  /** `import type …`: nothing is loaded at run time. */
  readonly typeOnly: boolean;
}

/** What the rules need to know of a file. */
export interface ReadFile {
  readonly path: string;
  readonly imports: readonly Import[];
  /** Nothing in it but re-exports. */
  readonly isBarrel: boolean;
  /** Words and punctuation without comments, texts and regular expressions, e.g. `process.env`. */
  readonly code: string;
}

type Token =
  | { readonly kind: 'word' | 'sign'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string };

/** Reads the import lines of TypeScript without a parser: there is none in TypeScript 7 to call. */
export function readSource(file: SourceFile): ReadFile {
  const tokens = new Tokeniser(file).read();
  const imports: Import[] = [];
  const rest: Token[] = [];
  let reExports = 0;
  let at = 0;
  while (at < tokens.length) {
    const statement = readStatement(tokens, at);
    if (statement === null) {
      const token = tokens[at];
      if (token !== undefined) rest.push(token);
      at += 1;
      continue;
    }
    if (statement.specifier !== null)
      imports.push({ specifier: statement.specifier, typeOnly: statement.typeOnly });
    if (statement.reExport) reExports += 1;
    // A dynamic import is code like any other.
    if (statement.dynamic) rest.push({ kind: 'word', text: 'import' });
    at = statement.end;
  }
  const remaining = rest.filter((token) => token.text !== ';');
  const code = rest.map((token) => (token.kind === 'text' ? "''" : token.text)).join(' ');
  return { path: file.path, imports, isBarrel: reExports > 0 && remaining.length === 0, code };
}

interface Statement {
  readonly specifier: string | null;
  readonly typeOnly: boolean;
  readonly reExport: boolean;
  readonly dynamic: boolean;
  /** Index of the token after it. */
  readonly end: number;
}

function readStatement(tokens: readonly Token[], at: number): Statement | null {
  const keyword = tokens[at];
  if (keyword?.kind !== 'word' || tokens[at - 1]?.text === '.') return null;
  if (keyword.text === 'export') return readExport(tokens, at);
  return keyword.text === 'import' ? readImport(tokens, at) : null;
}

function readImport(tokens: readonly Token[], at: number): Statement | null {
  const next = tokens[at + 1];
  if (next?.kind === 'text')
    return { specifier: next.text, typeOnly: false, reExport: false, dynamic: false, end: at + 2 };
  if (next?.text === '(') {
    const argument = tokens[at + 2];
    if (argument?.kind !== 'text') return null;
    return { specifier: argument.text, typeOnly: false, reExport: false, dynamic: true, end: at + 3 };
  }
  const typeOnly = next?.text === 'type' && !['from', ','].includes(tokens[at + 2]?.text ?? '');
  const source = readClause(tokens, at + 1);
  return source === null ? null : { ...source, typeOnly, reExport: false, dynamic: false };
}

function readExport(tokens: readonly Token[], at: number): Statement | null {
  const typeOnly = tokens[at + 1]?.text === 'type';
  const start = at + (typeOnly ? 2 : 1);
  if (!['*', '{'].includes(tokens[start]?.text ?? '')) return null;
  const source = readClause(tokens, start);
  if (source !== null) return { ...source, typeOnly, reExport: true, dynamic: false };
  // `export { a, b };` of names that stand above it.
  const close = tokens.findIndex((token, index) => index > start && token.text === '}');
  return { specifier: null, typeOnly, reExport: true, dynamic: false, end: close + 1 };
}

/** `{ a, type b as c } from 'x'` and its like, from the token after the keyword; null when no `from` follows. */
function readClause(tokens: readonly Token[], start: number): { specifier: string; end: number } | null {
  let depth = 0;
  for (let at = start; at < tokens.length; at += 1) {
    const token = tokens[at];
    const source = tokens[at + 1];
    if (depth === 0 && token?.text === 'from' && token.kind === 'word' && source?.kind === 'text')
      return { specifier: source.text, end: at + 2 };
    if (token?.text === '{') depth += 1;
    else if (token?.text === '}') depth -= 1;
    else if (token?.kind === 'sign' && !['*', ','].includes(token.text)) return null;
  }
  return null;
}

/** A `/` after one of these begins a regular expression. */
const BEFORE_EXPRESSION = new Set([
  ...'(,=:[!&|?{};+-*%~^<>',
  ...[
    'return',
    'typeof',
    'case',
    'in',
    'of',
    'delete',
    'void',
    'new',
    'throw',
    'do',
    'else',
    'yield',
    'await',
  ],
]);
const WORD = /[\p{L}\p{N}_$#@]+/uy;
const REGULAR_EXPRESSION = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y;

class Tokeniser {
  readonly #path: string;
  readonly #source: string;
  readonly #tokens: Token[] = [];
  #at = 0;

  constructor(file: SourceFile) {
    this.#path = file.path;
    this.#source = file.source;
  }

  read(): readonly Token[] {
    this.#readCode('');
    return this.#tokens;
  }

  /** Reads up to the end, or up to the `}` that ends a template's `${`. */
  #readCode(closing: string): void {
    let depth = 0;
    while (this.#at < this.#source.length) {
      const sign = this.#source.charAt(this.#at);
      if (sign === closing && depth === 0) return;
      if (sign === '{') depth += 1;
      if (sign === '}') depth -= 1;
      if (!this.#skipBlank() && !this.#readLiteral(sign)) this.#readWordOrSign(sign);
    }
  }

  #skipBlank(): boolean {
    const rest = this.#source.slice(this.#at, this.#at + 2);
    if (rest === '//' || (rest === '#!' && this.#at === 0)) this.#at = this.#find('\n');
    else if (rest === '/*') this.#at = this.#find('*/') + 2;
    else if (/^\s/.test(rest)) this.#at += 1;
    else return false;
    return true;
  }

  #find(end: string): number {
    const found = this.#source.indexOf(end, this.#at);
    return found < 0 ? this.#source.length : found;
  }

  #readLiteral(sign: string): boolean {
    if (sign === "'" || sign === '"') this.#readText(sign);
    else if (sign === '`') this.#readTemplate();
    else if (sign === '/' && this.#expressionMayBegin()) return this.#match(REGULAR_EXPRESSION, 'text');
    else return false;
    return true;
  }

  #expressionMayBegin(): boolean {
    const before = this.#tokens.at(-1);
    return before === undefined || (before.kind !== 'text' && BEFORE_EXPRESSION.has(before.text));
  }

  #readText(quote: string): void {
    const start = this.#at + 1;
    let end = start;
    while (this.#source.charAt(end) !== quote) {
      if (end >= this.#source.length || this.#source.charAt(end) === '\n')
        throw new Error(`${this.#path}: a text that does not end, at character ${start}`);
      end += this.#source.charAt(end) === '\\' ? 2 : 1;
    }
    this.#tokens.push({ kind: 'text', text: this.#source.slice(start, end) });
    this.#at = end + 1;
  }

  #readTemplate(): void {
    const start = this.#at + 1;
    this.#at = start;
    let plain = true;
    while (this.#source.charAt(this.#at) !== '`') {
      if (this.#at >= this.#source.length) throw new Error(`${this.#path}: a template that does not end`);
      if (this.#source.startsWith('${', this.#at)) {
        plain = false;
        this.#at += 2;
        this.#tokens.push({ kind: 'sign', text: '(' });
        this.#readCode('}');
        this.#tokens.push({ kind: 'sign', text: ')' });
      }
      this.#at += this.#source.charAt(this.#at) === '\\' ? 2 : 1;
    }
    if (plain) this.#tokens.push({ kind: 'text', text: this.#source.slice(start, this.#at) });
    this.#at += 1;
  }

  #readWordOrSign(sign: string): void {
    if (this.#match(WORD, 'word')) return;
    this.#tokens.push({ kind: 'sign', text: sign });
    this.#at += 1;
  }

  #match(pattern: RegExp, kind: 'word' | 'text'): boolean {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source)?.[0];
    if (found === undefined) return false;
    this.#tokens.push({ kind, text: found });
    this.#at += found.length;
    return true;
  }
}
