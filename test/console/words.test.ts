import { readFileSync } from 'node:fs';
import { buildSchema, isEnumType } from 'graphql';
import { expect, test } from 'vitest';
import { scopes } from '../../console/src/text/scopes.ts';
import { type WordSet, words } from '../../console/src/text/words.ts';
import { scopeNames } from '../../src/domain/access/scopes.ts';

const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));

/** Which words of the console name the values of which enum of the API. */
const named = {
  answer: 'AccountAnswer',
  account: 'AccountState',
  accountChange: 'AccountChangeKind',
  key: 'ApiKeyState',
  outcome: 'AttemptOutcome',
  blockPolicy: 'BlockPolicy',
  calendarEvent: 'CalendarEventState',
  calendarRole: 'CalendarRole',
  calendarMember: 'CalendarMemberState',
  calendarSync: 'CalendarSyncKind',
  circuit: 'CircuitState',
  conflict: 'ConflictKind',
  courseCalendar: 'CourseCalendarState',
  databaseAccount: 'DatabaseAccountState',
  capability: 'DatabaseCapability',
  delivery: 'DeliveryStatus',
  finding: 'FindingKind',
  fixBy: 'FixBy',
  health: 'HealthLevel',
  instance: 'InstanceState',
  personEvent: 'PersonEventKind',
  personMatch: 'PersonMatch',
  source: 'PersonSource',
  priority: 'Priority',
  processRole: 'ProcessRole',
  item: 'RequestItemStatus',
  request: 'RequestStatus',
  runItem: 'RunItemOutcome',
  runKind: 'RunKind',
  runMode: 'RunMode',
  run: 'RunStatus',
  trigger: 'RunTrigger',
  step: 'StepStatus',
  task: 'TaskStatus',
  term: 'TermStatus',
  facet: 'UpstreamFacet',
  event: 'WebhookEvent',
} as const satisfies Partial<Record<WordSet, string>>;

test.each(Object.entries(named))('the words for %s name every value of %s', (set, type) => {
  const found = schema.getType(type);
  const values = isEnumType(found) ? found.getValues().map(({ name }) => name) : [];
  expect(values).not.toEqual([]);
  const table: Readonly<Record<string, object>> = words;
  expect(values.filter((value) => !Object.hasOwn(table[set] ?? {}, value))).toEqual([]);
});

test('a new key is offered every scope that there is, and no other', () => {
  expect([...scopes].sort()).toEqual([...scopeNames].sort());
});
