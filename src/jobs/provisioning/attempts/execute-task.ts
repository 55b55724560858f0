import type { NameRules } from '../../../domain/provisioning/names/read-name.ts';
import { UNCERTAIN_UNRESOLVABLE } from '../../../domain/provisioning/states/settle-attempt.ts';
import type {
  AccountIntent,
  Connector,
  EnsuredAccount,
  RemoteAccount,
} from '../../../integrations/contract/connector.ts';
import type { UpstreamCall } from '../../../integrations/contract/upstream.ts';
import type { Logger } from '../../../logger.ts';
import { type Execution, ended, endOfError } from '../calls/call-end.ts';
import { buildIntent } from './build-intent.ts';
import type { TaskFacts } from './task-facts.ts';

/** Result of a probe after a lost answer. */
export type Probe = Execution | 'not-found' | 'cannot-look';

export interface ExecutionOptions {
  readonly connector: Connector;
  readonly call: UpstreamCall;
  readonly countryAliases: Readonly<Record<string, string>>;
  readonly nameRules: NameRules;
  readonly logger: Logger;
}

/**
 * Makes one attempt at one account: looks first when an earlier attempt may have reached the system, then acts once.
 * Never throws: any error becomes the end of the attempt.
 */
export function executeTask(
  task: TaskFacts,
  options: ExecutionOptions & { readonly probed: boolean; readonly alwaysProbe: boolean },
): Promise<Execution> {
  const { connector, call } = options;
  if (task.active_identifier !== null) {
    const account = { identifier: task.active_identifier, remoteId: null };
    return Promise.resolve(ended({ kind: 'ensured', outcome: 'NOT_NEEDED' }, { account }));
  }
  const mayExist = task.may_exist && !options.probed;
  if (mayExist && connector.findAccount === undefined && !connector.guardsCreate)
    return Promise.resolve(onlyPersonKnows(task));
  const mustLook = options.alwaysProbe || mayExist;
  return attempt(task, options, async (intent) => {
    const found = mustLook ? await connector.findAccount?.(intent, call) : null;
    return found ? adopted(found) : connector.ensureAccount(intent, call);
  });
}

/**
 * The end of an attempt at a system that can neither be searched nor refuse duplicates: only a person can find out
 * whether the account was made, and to send again might make a second one.
 */
function onlyPersonKnows(task: TaskFacts): Execution {
  const parameters = { employeeNumber: task.employee_number, system: task.system };
  const error = { code: UNCERTAIN_UNRESOLVABLE, parameters };
  return ended({ kind: 'failed', failure: 'uncertain', error });
}

/** Asks the system whether a lost answer was a yes. Never throws. */
export async function probeTask(task: TaskFacts, options: ExecutionOptions): Promise<Probe> {
  const { connector, call } = options;
  if (connector.findAccount === undefined) return 'cannot-look';
  let missing = false;
  const execution = await attempt(task, options, async (intent) => {
    const found = await connector.findAccount?.(intent, call);
    missing = !found;
    return found ? adopted(found) : null;
  });
  return missing ? 'not-found' : execution;
}

function adopted(account: RemoteAccount): EnsuredAccount {
  return { ...account, outcome: 'ADOPTED' };
}

async function attempt(
  task: TaskFacts,
  options: ExecutionOptions,
  act: (intent: AccountIntent) => Promise<EnsuredAccount | null>,
): Promise<Execution> {
  try {
    const built = buildIntent(task, {
      requires: options.connector.requires,
      countryAliases: options.countryAliases,
      nameRules: options.nameRules,
    });
    if ('refusal' in built) return ended({ kind: 'failed', failure: 'refused', error: built.refusal });
    const account = await act(built.intent);
    if (account === null) return ended({ kind: 'ensured', outcome: 'NOT_NEEDED' });
    const { outcome, ...remote } = account;
    return ended({ kind: 'ensured', outcome }, { account: remote, notes: built.notes });
  } catch (error) {
    const who = { employeeNumber: task.employee_number, system: task.system };
    return endOfError(error, { who, about: { task: task.task_id }, logger: options.logger });
  }
}
