import { askForCheck } from '../../jobs/systems/ask-for-check.ts';
import { builder } from '../building/builder.ts';
import { addMutation, type Outcome, payloadType } from '../building/mutation.ts';
import type { RequestScope } from '../context/context.ts';
import { badUserInput } from '../context/errors.ts';
import { operationContext } from '../context/operation.ts';
import { needsSightOfAll } from '../permissions/rules.ts';
import { forgetLoaded } from '../reading/loaders.ts';
import { AccountSystemEnum } from './account-system.ts';
import { type SystemShape, systemsOf } from './read-systems.ts';
import { SystemCheck, UpstreamSystem } from './systems.ts';

interface CheckOutcome extends Outcome {
  readonly system: SystemShape;
  /** False when no worker answered in time. */
  readonly answered: boolean;
}

const CheckSystemPayload = payloadType<CheckOutcome>('CheckSystemPayload', {
  description: 'Result of checkSystem, checkUpstream, and of the checks by facet.',
  fields: (t) => ({
    system: t.field({
      type: UpstreamSystem,
      description: 'The system after the check; a circuit that refused credentials had opened may be closed.',
      resolve: ({ system }) => system,
    }),
    check: t.field({
      type: SystemCheck,
      nullable: true,
      description: 'What this check found; null when no worker answered in time.',
      resolve: ({ answered, system }) => (answered ? system.lastCheck : null),
    }),
  }),
  userErrors: 'Why there is no answer; empty when there is.',
});

addMutation('checkSystem', {
  rule: needsSightOfAll('operate'),
  description:
    'Lets a worker call the system now and says what it found, within 8 seconds. Found well, a circuit that refused credentials had opened is closed, and one that failures had opened is tried by a task at once.',
  about: 'What to check.',
  input: (t) => ({
    system: t.field({ type: AccountSystemEnum, required: true, description: 'The system.' }),
  }),
  run: ({ system }, scope) => check(scope, system),
  payload: CheckSystemPayload,
});

addMutation('checkUpstream', {
  rule: needsSightOfAll('operate'),
  description:
    'As checkSystem, for anything outside by its code: systems that hold accounts, and the sources of people, calendars and timetables.',
  about: 'What to check.',
  input: (t) => ({
    code: t.string({ required: true, description: 'As in `systems`: IDAAS, HIEDS, WPS …' }),
  }),
  run: ({ code }, scope) => check(scope, knownUpstream(scope, code)),
  payload: CheckSystemPayload,
});

/** @throws BAD_USER_INPUT naming the codes there are. */
function knownUpstream({ services }: RequestScope, code: string): string {
  const known = [...services.systems, ...services.sources].map(({ system }) => system);
  if (known.includes(code)) return code;
  throw badUserInput('input.code', `There is no upstream of this code. There are: ${known.join(', ')}.`);
}

/** Upstreams that hold no accounts: of each facet there is one. */
const others = [
  { name: 'checkHrSource', facet: 'people', what: 'the HR source' },
  { name: 'checkCalendarSystem', facet: 'calendars', what: 'the calendar service' },
  { name: 'checkTimetableSource', facet: 'timetable', what: "the school's timetable tables" },
] as const;

for (const { name, facet, what } of others)
  builder.mutationField(name, (t) =>
    t.field({
      ...needsSightOfAll('operate'),
      type: CheckSystemPayload,
      description: `As checkSystem, for ${what}: whether it answers and accepts our credentials.`,
      resolve: (_root, _args, scope) => check(scope, codeOf(scope, facet)),
    }),
  );

function codeOf({ services }: RequestScope, wanted: (typeof others)[number]['facet']): string {
  const source = services.sources.find(({ facet }) => facet === wanted);
  if (source === undefined) throw new Error(`No upstream of the facet ${wanted} is registered.`);
  return source.system;
}

async function check(scope: RequestScope, code: string): Promise<CheckOutcome> {
  const answered = await askForCheck({ ...operationContext(scope), feed: scope.services.feed }, code);
  forgetLoaded(scope);
  const system = (await systemsOf(scope).read()).find(({ info }) => info.system === code);
  if (system === undefined) throw new Error(`The system ${code} is not registered.`);
  const problem = { code: 'UNAVAILABLE', parameters: { system: code }, path: ['system'] };
  return { system, answered, userErrors: answered ? [] : [problem] };
}
