import { maskText } from '../../domain/text/mask.ts';
import {
  discardPoisonMessages,
  queuesByDeadLetter,
  redrivePoisonMessages,
} from '../../jobs/maintenance/poison-messages.ts';
import { byPageSize, pageArguments } from '../building/arguments.ts';
import { builder } from '../building/builder.ts';
import { addMutation } from '../building/mutation.ts';
import type { RequestScope } from '../context/context.ts';
import { operationContext } from '../context/operation.ts';
import { needsSightOfAll } from '../permissions/rules.ts';
import { parsePage } from '../reading/connection.ts';
import { type PoisonMessageRow, poisonRules, queuesOf, readPoisonMessages } from './read-poison-messages.ts';

const PoisonMessage = builder.objectRef<PoisonMessageRow>('PoisonMessage').implement({
  description: 'A job that could not be read or done; it waits in the dead letter of its queue.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'For redrivePoisonMessages and discardPoisonMessages.' }),
    queue: t.string({
      description: 'The queue it came from.',
      resolve: (row, _args, scope) => queueOf(scope, row)?.name ?? row.name,
    }),
    at: t.expose('at', { type: 'DateTime', description: 'Since when it is there.' }),
    tries: t.exposeInt('tries', { description: 'How often it was tried; 0 for what could not be read.' }),
    readable: t.boolean({
      description: 'Whether this version can read it: if not, it cannot be queued again.',
      resolve: (row, _args, scope) => queueOf(scope, row)?.problemOf(row.data) === null,
    }),
    error: t.string({
      nullable: true,
      description:
        'Why: the last error, or what is wrong with the payload. Numbers, names and addresses are masked.',
      resolve: (row, _args, scope) => {
        const text = row.error ?? queueOf(scope, row)?.problemOf(row.data) ?? null;
        return text === null ? null : maskText(text);
      },
    }),
    payload: t.field({
      type: 'JSON',
      description: 'Its numbers and short texts by name, masked as the error; of all else the type only.',
      resolve: ({ data }) => outlineOf(data),
    }),
  }),
});

const PoisonMessageConnection = builder.connectionObject(
  {
    type: PoisonMessage,
    name: 'PoisonMessageConnection',
    description: 'A page of poison messages.',
  },
  { name: 'PoisonMessageEdge', description: 'A message and its cursor.' },
);

// For operators: messages have no personal data, and both mutations do only what the service does itself.
builder.queryField('poisonMessages', (t) =>
  t.field({
    ...needsSightOfAll('operate'),
    type: PoisonMessageConnection,
    description: 'Jobs that could not be read, or that failed until their retries ran out; oldest first.',
    args: {
      ...pageArguments,
      queue: t.arg.string({ description: 'Only of this queue, e.g. `provisioning.intake-request`.' }),
    },
    complexity: byPageSize,
    resolve: (_root, { queue, ...args }, scope) =>
      readPoisonMessages(scope, { page: parsePage(args, poisonRules), queue: queue ?? null }),
  }),
);

addChange('redrivePoisonMessages', {
  act: redrivePoisonMessages,
  count: 'redriven',
  description:
    'Queues poison messages again, after their cause was removed; at most 1,000 per call, the oldest first. A message that this version cannot read, or that is queued or running already, stays in the dead letter and is named.',
});
addChange('discardPoisonMessages', {
  act: discardPoisonMessages,
  count: 'discarded',
  description:
    'Removes poison messages for good; at most 1,000 a call, the oldest first. What they were about stays, and the sweep queues anew what is still to be done.',
});

function addChange(
  name: string,
  change: {
    readonly act: typeof redrivePoisonMessages;
    readonly count: 'redriven' | 'discarded';
    readonly description: string;
  },
): void {
  addMutation(name, {
    rule: needsSightOfAll('operate'),
    description: change.description,
    about: 'Which messages: one of both.',
    input: (t) => ({
      ids: t.idList({ description: 'Ids of `poisonMessages`, at most 1,000.' }),
      queue: t.string({ description: 'All of this queue.' }),
    }),
    run: ({ ids, queue }, scope) =>
      change.act(operationContext(scope), { ids: ids?.map(String) ?? null, queue: queue ?? null }),
    payload: (t) => ({ [change.count]: t.exposeInt('count', { description: 'How many.' }) }),
    userErrors: 'Why others were left; empty when none was.',
  });
}

function queueOf(scope: RequestScope, { name }: PoisonMessageRow) {
  return queuesByDeadLetter(queuesOf(scope)).get(name);
}

const FIELDS_SHOWN = 20;
const TEXT_SHOWN = 50;

/**
 * Outline of a message by which operators find the row it was about: other texts, which a stranger may have put
 * there, are masked or left out.
 */
function outlineOf(data: unknown): Readonly<Record<string, unknown>> {
  if (typeof data !== 'object' || data === null) return {};
  const entries = Object.entries(data).slice(0, FIELDS_SHOWN);
  return Object.fromEntries(
    entries.map(([key, value]) => [maskText(key).slice(0, TEXT_SHOWN), outlineOfValue(value)]),
  );
}

function outlineOfValue(value: unknown): unknown {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'number':
      return maskText(String(value)) === String(value) ? value : 'number';
    case 'string':
      return value.length > TEXT_SHOWN ? 'text' : maskText(value);
    default:
      return value === null ? null : Array.isArray(value) ? 'list' : 'object';
  }
}
