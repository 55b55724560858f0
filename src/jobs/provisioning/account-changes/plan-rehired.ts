import { sql } from 'kysely';
import { dependenciesMet } from '../../../domain/provisioning/states/plan-tasks.ts';
import type { AccountState } from '../../../domain/provisioning/states/states.ts';
import { newTaskId } from '../../../domain/public-id.ts';
import { openTask } from '../../../entities/provisioning/task-states.ts';
import type { JobContext } from '../../kit/job-context.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';
import { type OpenRun, storeRunItems } from '../../runs/run-record.ts';
import { HR_ORIGIN, insertTasks } from '../requests/plan-people.ts';
import { lockAffected } from '../tasks/derive-states.ts';
import { enqueueReadyTasks } from '../tasks/task-jobs.ts';
import { isLeaverSql } from './leaver-condition.ts';

interface Rehired {
  readonly account: string;
  readonly person: string;
  readonly employee_number: string;
  readonly system: string;
  readonly accounts: Readonly<Record<string, AccountState>>;
}

/**
 * Plans tasks for people who are valid at HR again and whose account a run of leavers disabled: no system has a call
 * that enables, so a task makes the account as at first. One task per disabling; if it fails, an operator decides. A
 * dry run only lists them.
 */
export async function planRehired(context: JobContext, run: OpenRun, settings: LiveSettings): Promise<void> {
  const { tx } = context;
  if (!settings.get('account_creation_enabled')) return;
  const found = await findRehired(context, settings);
  if (run.mode === 'RUN') {
    await lockAffected(
      tx,
      found.map(({ person }) => person),
    );
    await taskRehired(context, found, settings);
  }
  await storeRunItems(
    tx,
    run,
    found.map(({ account, employee_number: key, system }) => ({
      key,
      subject: { kind: 'ACCOUNT', id: account },
      outcome: run.mode === 'RUN' ? ('TASK_CREATED' as const) : ('WOULD_ENABLE' as const),
      error: { code: 'REHIRE_TASK', parameters: { employeeNumber: key, system } },
      payload: { system },
    })),
  );
}

async function findRehired({ tx }: JobContext, settings: LiveSettings): Promise<Rehired[]> {
  const { rows } = await sql<Rehired>`
    select a.id as account, p.id as person, p.employee_number, a.system,
      (select json_object_agg(b.system, b.state) from account b where b.person_id = p.id) as accounts
    from account a join person p on p.id = a.person_id
    where a.state = 'DISABLED' and a.leaver_since is not null and p.source = 'HR'
      and not ${isLeaverSql(settings.get('valid_employee_statuses'))}
      and a.system = any(${[...settings.enabledSystems]}::text[])
      and not exists (select 1 from account_task t where t.person_id = p.id and t.system = a.system
        and (t.created_at > a.leaver_since or t.status ${openTask}))
    order by p.id, a.system`.execute(tx);
  return rows;
}

async function taskRehired(
  context: JobContext,
  rehired: readonly Rehired[],
  settings: LiveSettings,
): Promise<void> {
  const priority = settings.get('origin_priorities')[HR_ORIGIN] ?? 'NORMAL';
  const tasks = rehired.map(({ person, employee_number, system, accounts }) => {
    const dependsOn = settings.dependencies[system] ?? [];
    return {
      task_id: newTaskId(employee_number, system),
      person_id: person,
      system,
      depends_on: dependsOn,
      status: dependenciesMet(dependsOn, accounts) ? ('PENDING' as const) : ('WAITING' as const),
    };
  });
  const ids = await insertTasks(context.tx, tasks, {
    originSystem: HR_ORIGIN,
    priority,
    maxAttempts: 1 + settings.get('account_creation_max_retries'),
  });
  const ready = tasks.flatMap(({ task_id, system, status }) => {
    const id = ids.get(task_id);
    return id === undefined || status !== 'PENDING'
      ? []
      : [{ id, system, originSystem: HR_ORIGIN, priority }];
  });
  await enqueueReadyTasks(context, ready);
}
