import type { Command } from 'commander';
import { systemOf } from '../arguments/systems.ts';
import { take } from '../arguments/take.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { table } from '../terminal/columns.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { countOf } from './run-commands.ts';

const PEOPLE_SHOWN = 20;
const EVENTS_SHOWN = 30;

/** `person`, `people`, `why`. */
export function addPeopleCommands(program: Command, terminal: Terminal): void {
  const { client, print, say } = terminal;
  program
    .command('person <employee-number>')
    .description(say('查看一个人的账号、任务和请求', 'show a person: accounts, tasks, requests'))
    .option('--history', say('查看发生过的一切', 'show everything that happened'))
    .action(async (employeeNumber: string, { history }: { readonly history?: boolean }) =>
      history === true ? showHistory(employeeNumber, terminal) : showPerson(employeeNumber, terminal),
    );
  program
    .command('people [search]')
    .description(say('按工号、姓名、拼音或邮箱查找人员', 'find people by number, name, pinyin or e-mail'))
    .option('--first <count>', say('列出多少个', 'how many'), countOf, PEOPLE_SHOWN)
    .option('--without <system>', say('只列出在该系统没有账号的人', 'only who has no account in this system'))
    .action(
      async (search: string | undefined, flags: { readonly first: number; readonly without?: string }) => {
        const withoutAccountIn = flags.without === undefined ? null : systemOf(flags.without, say);
        const people = await take(client().people({ search, withoutAccountIn }), flags.first);
        const rows = people.map((person) => [
          person.employeeNumber,
          person.fullName,
          person.departmentCode ?? '–',
          person.source,
          person.accounts.map(({ system, state }) => `${system} ${state}`).join('  '),
        ]);
        print(people, table(rows));
      },
    );
  program
    .command('why <employee-number> <system>')
    .description(
      say(
        '为什么这个人在该系统没有账号，该怎么办',
        'why a person has no account in a system, and what to do',
      ),
    )
    .action(async (employeeNumber: string, system: string) => {
      const answer = await client().whyNot(employeeNumber, systemOf(system, say));
      const facts = [
        [answer.employeeNumber, answer.system, answer.state, answer.code],
        [say('原因', 'why'), answer.explanation],
        [say('怎么办', 'what to do'), `${answer.whatToDo} (${answer.fixBy})`],
      ];
      const seen = [
        answer.account?.identifier,
        answer.task?.taskId,
        answer.request?.requestId,
        answer.run?.runId,
        answer.setting,
      ].filter((id) => id != null);
      const [head = [], ...rest] = facts;
      print(answer, table([head]) + table([...rest, ...seen.map((id) => [say('参见', 'see'), id])]));
    });
}

async function showPerson(employeeNumber: string, { client, print, say, time }: Terminal): Promise<void> {
  const person = await client().person(employeeNumber);
  if (person === null) throw unknownPerson(employeeNumber, say);
  const head = [
    person.employeeNumber,
    person.fullName,
    person.departmentCode ?? '–',
    person.emailAddress ?? '',
  ];
  const accounts = person.accounts.map(({ system, state, origin, identifier, updatedAt }) => [
    system,
    state,
    identifier ?? '–',
    origin ?? '',
    time(updatedAt),
  ]);
  const tasks = person.tasks.nodes.map((task) => [
    task.taskId,
    task.statusDisplay,
    time(task.updatedAt),
    task.explanation ?? '',
  ]);
  const requests = person.requestItems.nodes.map(({ request, statusDisplay, createdAt, explanation }) => [
    request.requestId,
    statusDisplay,
    time(createdAt),
    explanation ?? '',
  ]);
  const text = [
    table([head]),
    section(say('账号', 'accounts'), accounts),
    section(say('任务', 'tasks'), tasks),
    section(say('请求', 'requests'), requests),
  ];
  print(person, text.join(''));
}

async function showHistory(employeeNumber: string, { client, print, say, time }: Terminal): Promise<void> {
  const events = await take(client().personTimeline(employeeNumber), EVENTS_SHOWN);
  // Every known person has at least one event.
  if (events.length === 0) throw unknownPerson(employeeNumber, say);
  print(events, table(events.map(({ at, kind, text }) => [time(at), kind, text])));
}

function section(title: string, rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? '' : `\n  ${title}\n${table(rows)}`;
}

function unknownPerson(employeeNumber: string, say: Terminal['say']): UsageError {
  return new UsageError(say(`没有人员 ${employeeNumber}。`, `There is nobody of number ${employeeNumber}.`));
}
