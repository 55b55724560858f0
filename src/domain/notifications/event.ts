import { z } from 'zod';

/** Events and their stored data: counts and public ids only, no phones or names. */
const dataSchemas = {
  'request.finished': z.looseObject({
    requestId: z.string(),
    originSystem: z.string(),
    businessKey: z.string(),
    status: z.string(),
    round: z.int(),
    totalUsers: z.int(),
    completedUsers: z.int(),
    failedUsers: z.int(),
    cancelledUsers: z.int(),
    rejectedUsers: z.int(),
  }),
  'task.failed': z.looseObject({
    system: z.string(),
    code: z.string(),
    count: z.int(),
    firstFailedAt: z.string(),
    lastFailedAt: z.string(),
    taskIds: z.array(z.string()),
  }),
  'run.finished': z.looseObject({
    runId: z.string(),
    kind: z.string(),
    mode: z.string(),
    status: z.string(),
    stateChanged: z.boolean(),
    errorCode: z.string().nullable(),
  }),
  'run.awaiting_confirmation': z.looseObject({
    runId: z.string(),
    kind: z.string(),
    counts: z.record(z.string(), z.number()),
  }),
  'system.circuit_opened': z.looseObject({
    system: z.string(),
    reason: z.string().nullable(),
    openedAt: z.string(),
  }),
  'system.circuit_closed': z.looseObject({ system: z.string(), openedAt: z.string(), closedAt: z.string() }),
  'database.account.changed': z.looseObject({
    instance: z.string(),
    runId: z.string(),
    counts: z.record(z.string(), z.number()),
  }),
  'database.privileged_account.appeared': z.looseObject({
    instance: z.string(),
    account: z.string(),
    capabilities: z.array(z.string()),
    reasons: z.array(z.looseObject({ code: z.string(), subject: z.string() })),
  }),
  'calendar.run_finished': z.looseObject({
    runId: z.string(),
    kind: z.string(),
    term: z.string(),
    effects: z.int(),
    summary: z.record(z.string(), z.unknown()),
  }),
  'calendar.system_error': z.looseObject({
    runId: z.string(),
    term: z.string(),
    system: z.string(),
    code: z.string(),
  }),
  'webhook.test': z.looseObject({ webhookUrl: z.string() }),
} as const;

/** Types of events, as in a payload. */
export type EventType = keyof typeof dataSchemas;
export type EventData<Type extends EventType> = z.output<(typeof dataSchemas)[Type]>;

/** An event with its data, which belong to its type. */
export type NotificationEvent = {
  [Type in EventType]: { readonly type: Type; readonly data: EventData<Type> };
}[EventType];

/** Events an endpoint may subscribe to; a test goes only where it was asked for. */
export const subscribableEvents = [
  'request.finished',
  'task.failed',
  'run.finished',
  'run.awaiting_confirmation',
  'system.circuit_opened',
  'system.circuit_closed',
  'database.account.changed',
  'database.privileged_account.appeared',
  'calendar.run_finished',
  'calendar.system_error',
] as const satisfies readonly EventType[];
export type SubscribableEvent = (typeof subscribableEvents)[number];

const eventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('request.finished'), data: dataSchemas['request.finished'] }),
  z.object({ type: z.literal('task.failed'), data: dataSchemas['task.failed'] }),
  z.object({ type: z.literal('run.finished'), data: dataSchemas['run.finished'] }),
  z.object({ type: z.literal('run.awaiting_confirmation'), data: dataSchemas['run.awaiting_confirmation'] }),
  z.object({ type: z.literal('system.circuit_opened'), data: dataSchemas['system.circuit_opened'] }),
  z.object({ type: z.literal('system.circuit_closed'), data: dataSchemas['system.circuit_closed'] }),
  z.object({ type: z.literal('database.account.changed'), data: dataSchemas['database.account.changed'] }),
  z.object({
    type: z.literal('database.privileged_account.appeared'),
    data: dataSchemas['database.privileged_account.appeared'],
  }),
  z.object({ type: z.literal('calendar.run_finished'), data: dataSchemas['calendar.run_finished'] }),
  z.object({ type: z.literal('calendar.system_error'), data: dataSchemas['calendar.system_error'] }),
  z.object({ type: z.literal('webhook.test'), data: dataSchemas['webhook.test'] }),
]);

/** An event as it is stored; null for one that this build does not know. */
export function parseEvent(stored: {
  readonly type: string;
  readonly data: unknown;
}): NotificationEvent | null {
  return eventSchema.safeParse(stored).data ?? null;
}

/**
 * True for events that operators get by mail: those that need them. Of runs only a change between failing and
 * working; a run that was started by hand is watched by its starter.
 */
export function concernsOperators(event: NotificationEvent): boolean {
  switch (event.type) {
    case 'task.failed':
    case 'run.awaiting_confirmation':
    case 'system.circuit_opened':
    case 'system.circuit_closed':
    case 'database.privileged_account.appeared':
    case 'calendar.system_error':
      return true;
    case 'run.finished':
      return event.data.stateChanged;
    case 'request.finished':
    case 'database.account.changed':
    case 'calendar.run_finished':
    case 'webhook.test':
      return false;
  }
}
