import type { ErrorParameters, Locale } from '../errors/error-entry.ts';
import { type Action, type ActionName, type AdviceForm, actions } from './actions.ts';

/** One thing to do about something, in the three forms of it. */
export interface Advice {
  /** Name of the operation in the API. */
  readonly operation: ActionName;
  /** Of the operation's input: what is known of it. */
  readonly input: Readonly<Record<string, string>>;
  /** For a shell; words in capitals are the reader's. */
  readonly command: string;
  /** Label of the console's button, and the page that has it. */
  readonly button: string;
  readonly page: string;
}

/** Facts that fill an action: ids of what it is about. */
export type AdviceFacts = ErrorParameters;

const NAMED = new RegExp(`\\b(?:${Object.keys(actions).join('|')})\\b`, 'g');

/** The actions that a text names, in its order, each once. */
export function actionsNamedIn(text: string): ActionName[] {
  const named = new Set(text.match(NAMED) ?? []);
  return [...named].flatMap((name) => (isAction(name) ? [name] : []));
}

/** The actions that a text advises, filled in for its subject. */
export function adviceIn(text: string, facts: AdviceFacts, locale: Locale): Advice[] {
  return actionsNamedIn(text).map((operation) => {
    const { button, page, input } = actions[operation];
    return {
      operation,
      input: Object.fromEntries(
        Object.entries(input).flatMap(([field, fact]): [string, string][] => {
          const value = factText(facts, fact);
          return value === null ? [] : [[field, value]];
        }),
      ),
      command: commandOf(actions[operation], facts),
      button: locale === 'ZH_CN' ? button.zh : button.en,
      page: pageOf(page, facts),
    };
  });
}

/**
 * A text in the reader's form: its operations become commands or buttons. An id in brackets behind one says nothing
 * that the command does not.
 */
export function inForm(
  text: string,
  reader: { readonly form: AdviceForm; readonly locale: Locale; readonly facts: AdviceFacts },
): string {
  const { form, locale, facts } = reader;
  if (form === 'OPERATION') return text;
  return text.replace(new RegExp(`${NAMED.source}(?: ?[(（]([\\w.-]+)[)）])?`, 'g'), (whole, id) => {
    const name = whole.match(NAMED)?.[0] ?? '';
    if (!isAction(name)) return whole;
    const behind = typeof id === 'string' ? whole.slice(name.length) : '';
    if (form === 'BUTTON') {
      const { zh, en } = actions[name].button;
      return `${locale === 'ZH_CN' ? `“${zh}”` : `“${en}”`}${behind}`;
    }
    const command = commandOf(actions[name], facts);
    return `\`${command}\`${typeof id === 'string' && command.includes(id) ? '' : behind}`;
  });
}

function isAction(name: string): name is ActionName {
  return Object.hasOwn(actions, name);
}

/**
 * The command of an action. Unknown values are placeholders for the reader (`TASK_ID`); unknown filters are left out.
 */
function commandOf({ command }: Action, facts: AdviceFacts): string {
  const known = command.replace(/ --[a-z-]+ \{(\w+)\}/g, (flag, name: string) =>
    factText(facts, name) === null ? '' : flag,
  );
  const filled = known.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = factText(facts, name);
    return value === null ? placeholder(name) : shellWord(value);
  });
  return `accountsync ${filled}`;
}

function pageOf(page: string, facts: AdviceFacts): string {
  const [path = '', query = ''] = page.split('?');
  const fill = (text: string, absent: string) =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(factText(facts, name) ?? absent));
  const parts = query.split('&').filter((part) => {
    const fact = /\{(\w+)\}/.exec(part)?.[1];
    return part !== '' && (fact === undefined || factText(facts, fact) !== null);
  });
  // The page of one thing is its list while it is not known which one.
  const filled = fill(path, '').replace(/\/$/, '');
  return parts.length === 0 ? filled : `${filled}?${fill(parts.join('&'), '')}`;
}

function factText(facts: AdviceFacts, name: string): string | null {
  const value = Object.hasOwn(facts, name) ? facts[name] : null;
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  return null;
}

/** `taskId` → `TASK_ID`. */
function placeholder(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

function shellWord(value: string): string {
  return /^[\w.@:/-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}
