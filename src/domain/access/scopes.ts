/** The scopes that a principal may have and what each permits; `admin` implies all. */
export const scopeTexts = {
  'requests:write': 'ask for accounts, cancel and retry requests',
  'requests:read': 'read and watch requests, their items and tasks',
  'people:read': 'look people up',
  'people:pii': 'see full names and phone numbers, which are masked otherwise',
  operate: 'run, pause and explain: runs, mappings, Settings, what systems answered',
  'databases:read': 'read database instances, accounts, permissions and their changes',
  'calendars:read': 'read terms, course calendars, their events, members and findings',
  developer: 'introspection and GraphiQL',
  admin: 'everything, API keys included',
} as const;
export type Scope = keyof typeof scopeTexts;
export const scopeNames = Object.keys(scopeTexts);

/** Who may use a field: a principal with one of these scopes, or any signed-in one. */
export type AccessRule = readonly [Scope, ...Scope[]] | 'signed in';

export function isScope(text: string): text is Scope {
  return Object.hasOwn(scopeTexts, text);
}

/** True when the scopes of a principal satisfy the rule. */
export function permits(granted: ReadonlySet<string>, rule: AccessRule): boolean {
  return rule === 'signed in' || granted.has('admin') || rule.some((scope) => granted.has(scope));
}
