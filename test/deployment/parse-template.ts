/** One argument of a stage. */
export type Term =
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'path'; readonly variable: string | null; readonly fields: readonly string[] }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'group'; readonly pipeline: Pipeline };
/** Stages, each a function with its arguments or a single value; what one gives is the last argument of the next. */
export type Pipeline = readonly (readonly Term[])[];

export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'print'; readonly pipeline: Pipeline }
  | { readonly kind: 'assign'; readonly variable: string; readonly pipeline: Pipeline }
  | { readonly kind: 'define'; readonly name: string; readonly body: readonly TemplateNode[] }
  | {
      readonly kind: 'if' | 'with' | 'range';
      readonly pipeline: Pipeline;
      /** Of `range $key, $value := …`. */
      readonly variables: readonly string[];
      readonly body: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
    };

/** Text and actions in turns: `{{-` and `-}}` take the white space beside them. */
type Piece = { readonly text: string } | { readonly action: string };

/** Reads a Go template. @throws Error when an action is none that Go knows, or an `end` is missing. */
export function parseTemplate(source: string): readonly TemplateNode[] {
  const reader = new Reader(piecesOf(source));
  const nodes = reader.nodes();
  if (reader.closing !== null) throw new Error(`{{ ${reader.closing} }} closes nothing`);
  return nodes;
}

function piecesOf(source: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of source.matchAll(/\{\{(- )?(.*?)( -)?\}\}/gs)) {
    const [whole, trimsBefore, action = '', trimsAfter] = match;
    const text = source.slice(from, match.index);
    pieces.push({ text: trimsBefore === undefined ? text : text.trimEnd() }, { action: action.trim() });
    from = match.index + whole.length;
    if (trimsAfter !== undefined) from += /^\s*/.exec(source.slice(from))?.[0].length ?? 0;
  }
  pieces.push({ text: source.slice(from) });
  if (pieces.some((piece) => 'text' in piece && /\{\{|\}\}/.test(piece.text)))
    throw new Error('braces of an action do not match');
  return pieces;
}

class Reader {
  readonly #pieces: Piece[];
  /** The `end` or `else …` that ended the last block. */
  closing: string | null = null;

  constructor(pieces: Piece[]) {
    this.#pieces = pieces;
  }

  /** Nodes up to the `end` or `else` that closes them, or to the end of the source. */
  nodes(): TemplateNode[] {
    const nodes: TemplateNode[] = [];
    for (let piece = this.#pieces.shift(); piece !== undefined; piece = this.#pieces.shift()) {
      if ('text' in piece) nodes.push({ kind: 'text', text: piece.text });
      else if (/^(end|else)\b/.test(piece.action)) {
        this.closing = piece.action;
        return nodes;
      } else nodes.push(this.#action(piece.action));
    }
    this.closing = null;
    return nodes;
  }

  #action(action: string): TemplateNode {
    const [, word = '', rest = ''] = /^(if|with|range|define)\s+(.*)$/s.exec(action) ?? [];
    switch (word) {
      case 'if':
      case 'with':
      case 'range':
        return this.#block(word, rest);
      case 'define': {
        const body = this.nodes();
        this.#expectEnd(action);
        return { kind: 'define', name: JSON.parse(rest), body };
      }
      default: {
        const [, variable, value] = /^(\$\w+)\s*:?=\s*(.*)$/s.exec(action) ?? [];
        if (variable !== undefined && value !== undefined)
          return { kind: 'assign', variable, pipeline: parsePipeline(value) };
        return { kind: 'print', pipeline: parsePipeline(action) };
      }
    }
  }

  #block(kind: 'if' | 'with' | 'range', head: string): TemplateNode {
    const [, names = '', value = head] = /^((?:\$\w+\s*,?\s*)+):=\s*(.*)$/s.exec(head) ?? [];
    const body = this.nodes();
    const otherwise = this.#otherwise(`${kind} ${head}`);
    const variables = names.match(/\$\w+/g) ?? [];
    return { kind, pipeline: parsePipeline(value), variables, body, otherwise };
  }

  #otherwise(opened: string): TemplateNode[] {
    const elseIf = /^else if\s+(.*)$/s.exec(this.closing ?? '')?.[1];
    // An `else if` shares the `end` of its `if`.
    if (elseIf !== undefined) return [this.#block('if', elseIf)];
    if (this.closing === 'else') {
      const nodes = this.nodes();
      this.#expectEnd(opened);
      return nodes;
    }
    this.#expectEnd(opened);
    return [];
  }

  #expectEnd(opened: string): void {
    if (this.closing !== 'end') throw new Error(`{{ ${opened} }} has no end`);
  }
}

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+\b|\$\w*(?:\.\w+)*|(?:\.\w+)+|\.|[()|]|\w+/y;

function parsePipeline(text: string): Pipeline {
  const tokens = tokensOf(text);
  const pipeline = readPipeline(tokens);
  if (tokens.length > 0) throw new Error(`not understood: ${text}`);
  return pipeline;
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at] ?? '')) {
      at += 1;
      continue;
    }
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) throw new Error(`not understood: ${text.slice(at)}`);
    tokens.push(token);
    at += token.length;
  }
  return tokens;
}

/** Takes tokens up to a closing bracket, which it leaves. */
function readPipeline(tokens: string[]): Pipeline {
  const stages: Term[][] = [[]];
  while (tokens.length > 0 && tokens[0] !== ')') {
    const token = tokens.shift() ?? '';
    if (token === '|') stages.push([]);
    else stages.at(-1)?.push(readTerm(token, tokens));
  }
  if (stages.some((stage) => stage.length === 0)) throw new Error('an empty stage of a pipeline');
  return stages;
}

function readTerm(token: string, rest: string[]): Term {
  if (token === '(') {
    const pipeline = readPipeline(rest);
    if (rest.shift() !== ')') throw new Error('a bracket is not closed');
    return { kind: 'group', pipeline };
  }
  if (token.startsWith('"')) return { kind: 'literal', value: JSON.parse(token) };
  if (/^-?\d/.test(token)) return { kind: 'literal', value: Number(token) };
  const [variable = '', ...fields] = token.split('.');
  if (token.startsWith('$')) return { kind: 'path', variable, fields };
  if (token.startsWith('.'))
    return { kind: 'path', variable: null, fields: fields.filter((field) => field !== '') };
  return { kind: 'function', name: token };
}
