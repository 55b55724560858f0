import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiBench } from '../setup/api.ts';
import { batchOf } from '../setup/batch.ts';
import { countStatements } from '../setup/count-statements.ts';
import { allOf } from '../setup/portal.ts';

// A server alone, on rows put in place by SQL: every statement is one that the operation asked for.
let bench: ApiBench;
beforeAll(async () => {
  bench = await ApiBench.start({ variables: { ROLE: 'server' } });
  for (const people of [5, 100]) await insertRequest(people);
  // One person each: lists of many requests.
  for (let number = 1; number <= 30; number += 1) await insertRequest(1, 1_000 + number);
});
afterAll(() => bench.stop());

const idOf = (number: number) => `req_20261122_${String(number).padStart(12, '0')}`;

/** A finished request: three tasks for each person, two attempts for each task; numbered by its size unless told. */
async function insertRequest(people: number, requestNumber = people): Promise<void> {
  const number = sql.raw(`'S${requestNumber}-' || n`);
  const id = idOf(requestNumber);
  await sql`
    with request as (
      insert into account_request (request_id, origin_system, business_key, account_type, employee_type, system_list,
        priority, derived_key, input_fingerprint, status, total_users, created_by)
      values (${id}, 'OA', ${id}, '11', '1', '{IDAAS,WELINK,EMAIL}', 'NORMAL', ${id},
        'f', 'PARTIAL_FAILED', ${people}::int, 'admin') returning id
    ), people as (
      insert into person (employee_number, full_name, person_type, employee_status, source)
      select ${number}, '张三', '11', '1', 'REQUEST' from generate_series(1, ${people}::int) n returning id, employee_number
    ), items as (
      insert into request_item (request_id, position, employee_number, employee_name, department_code, phone_number,
        country, status, person_id, settled_count, error_code, error_parameters)
      select request.id, row_number() over (), employee_number, '张三', 'D1', '13800138000', 'CN', 'FAILED', people.id,
        3, 'DEPARTMENT_UNMAPPED', '{"departmentCodes": ["D1"], "system": "IDAAS"}' from people, request
      returning id, person_id
    ), tasks as (
      insert into account_task (task_id, person_id, system, depends_on_systems, status, max_attempts, origin_system,
        error_code, error_parameters)
      select person_id || '_' || system, person_id, system, '{}', 'FAILED', 6, 'OA', 'DEPARTMENT_UNMAPPED',
        '{"departmentCodes": ["D1"]}' from items, unnest('{IDAAS,WELINK,EMAIL}'::text[]) system
      returning id, person_id
    ), links as (
      insert into request_item_task (item_id, task_id)
      select items.id, tasks.id from items join tasks using (person_id)
    ), accounts as (
      insert into account (person_id, system, state) select person_id, 'IDAAS', 'PLANNED' from items
    )
    insert into task_attempt (task_id, execution_attempt, outcome, execution_context, finished_at)
    select tasks.id, attempt, 'REJECTED', '{}', now() from tasks, generate_series(1, 2) attempt`.execute(
    bench.db,
  );
}

/** Opening and closing a transaction; what pg-boss asks about a queue, and the caller's rate, once in a while. */
const PERIPHERAL = /^(begin|commit|rollback|set |\s*insert into "rate_limit")|q\.policy/i;

/** Statements that an operation itself takes. */
async function statementsOf(query: string, variables: Readonly<Record<string, unknown>> = {}) {
  const { result, statements } = await countStatements(() => bench.portal.read(query, variables));
  return { result, count: own(statements) };
}

function own(statements: readonly string[]): number {
  return statements.filter((text) => !PERIPHERAL.test(text)).length;
}

describe('the number of statements does not depend on the number of rows', () => {
  test.each([
    [
      'the list of requests with their counts and first people',
      `requests(first: $rows) { totalCount nodes { status statusDisplay progress processedUsers completedUsers
        taskCounts { count } errorSummary { message count } items(first: 5) { totalCount nodes { status explanation
        tasks { status } } } } }`,
      10,
    ],
    [
      'people with their accounts, tasks and requests',
      `people(first: $rows) { totalCount nodes { fullName accounts { system state } tasks(first: 5) { nodes { status
        attempts { outcome } } } requestItems(first: 5) { nodes { status request { requestId } } } } }`,
      8,
    ],
  ])('for %s', async (_, selection, most) => {
    const query = `query Q($rows: Int!) { ${selection} }`;
    const few = await statementsOf(query, { rows: 3 });
    const many = await statementsOf(query, { rows: 30 });
    expect(JSON.stringify(many.result).length).toBeGreaterThan(3 * JSON.stringify(few.result).length);
    expect(many.count).toBe(few.count);
    expect(many.count).toBeLessThanOrEqual(most);
  });

  test.each([
    [
      'a request with people, tasks and attempts',
      `request(requestId: $id) { requestId status items(first: 500) { nodes { employeeNumber
        tasks { taskId attempts { outcome } } } } }`,
      4,
    ],
    [
      'a request with everything that explains it',
      `request(requestId: $id) { statusDisplay explanation progress processedUsers completedUsers itemCounts { count }
        taskCounts { count } errorSummary { message count } items(first: 100) { totalCount nodes {
        explanation error { message } request { requestId } person { fullName accounts { system state } }
        tasks { attemptCount explanation lastError { message } dependsOn { taskId } person { fullName } } } } }`,
      12,
    ],
    [
      'failed tasks with their people and attempts',
      `tasks(first: 100, filter: { requestId: $id, status: [FAILED] }) { totalCount nodes { explanation
        person { fullName accounts { system } } attempts { outcome errorMessage } lastError { message } } }`,
      8,
    ],
    [
      'tasks and whose they are',
      'tasks(first: 100, filter: { requestId: $id }) { nodes { taskId status person { employeeNumber fullName } } }',
      1,
    ],
    [
      'people with what happened to them and their departments',
      `request(requestId: $id) { items(first: 100) { nodes { person { timeline(first: 5) { totalCount nodes { kind text } }
        departments { departmentCode mapping { ou } } } } } }`,
      5,
    ],
    [
      'people with all their tasks and requests',
      `request(requestId: $id) { items(first: 100) { nodes { person { tasks(first: 5) { totalCount nodes { status } }
        requestItems(first: 5) { totalCount nodes { status request { requestId status } } } } } } }`,
      7,
    ],
  ])('for %s', async (_, selection, most) => {
    const query = `query Q($id: String!) { ${selection} }`;
    const few = await statementsOf(query, { id: idOf(5) });
    const many = await statementsOf(query, { id: idOf(100) });
    expect(JSON.stringify(many.result).length).toBeGreaterThan(3 * JSON.stringify(few.result).length);
    expect(many.count).toBe(few.count);
    expect(many.count).toBeLessThanOrEqual(most);
  });

  test('for people that are searched for', async () => {
    const query = `query Q($search: String!) { people(first: 100, filter: { search: $search, source: REQUEST }) {
      totalCount nodes { employeeNumber fullName accounts { system state } timeline(first: 3) { nodes { text } } } } }`;
    const few = await statementsOf(query, { search: 's5-' });
    const many = await statementsOf(query, { search: 's100-' });
    expect([few.result.people.totalCount, many.result.people.totalCount]).toEqual([5, 100]);
    expect(many.count).toBe(few.count);
    expect(many.count).toBeLessThanOrEqual(5);
  });

  test('for createAccounts', async () => {
    const query =
      'mutation M($input: CreateAccountsInput!) { createAccounts(input: $input) { request { requestId } } }';
    // What pg-boss asks about a queue once and then knows.
    await statementsOf(query, { input: batchOf(1) });
    const few = await statementsOf(query, { input: batchOf(5) });
    const many = await statementsOf(query, { input: batchOf(1_000) });
    // The fingerprint of many comes after their rows.
    expect(many.count).toBe(few.count + 1);
    expect(many.count).toBeLessThanOrEqual(7);
  });

  test('for mappings', async () => {
    const query =
      'mutation M($input: UpsertDepartmentMappingsInput!) { upsertDepartmentMappings(input: $input) { created } }';
    const mappings = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        idataDepartmentCode: `M${count}-${index}`,
        idaasDepartmentCode: 'I',
        ou: 'OU=1',
      }));
    const few = await statementsOf(query, { input: { mappings: mappings(3) } });
    const many = await statementsOf(query, { input: { mappings: mappings(300) } });
    expect(many.result).toEqual({ upsertDepartmentMappings: { created: 300 } });
    expect(many.count).toBe(few.count);
  });

  test('for what is wrong now and how much there is', async () => {
    const query = `query Q { overview { health reasons { code } failures { system } taskCounts { count }
      systems { system } deadLetters { queue } } }`;
    const { count } = await statementsOf(query);
    expect(count).toBeLessThanOrEqual(9);
  });

  test('for a subscriber of a request', async () => {
    const watch = async (people: number) => {
      const { result, statements } = await countStatements(() => allOf(bench.portal.watch(idOf(people))));
      expect(result).toMatchObject([{ final: true, totalUsers: people }]);
      return own(statements);
    };
    const few = await watch(5);
    expect(await watch(100)).toBe(few);
    expect(few).toBeLessThanOrEqual(2);
  });

  // Last: what has failed is tried again, and then cancelled.
  test.each([
    ['retryRequest', 'RetryRequestInput', 'PENDING', 45],
    ['cancelRequest', 'CancelRequestInput', 'CANCELLED', 25],
  ])('for %s', async (mutation, input, status, most) => {
    const query = `mutation M($input: ${input}!) { ${mutation}(input: $input) {
      request { items(first: 500) { nodes { tasks { status } } } } } }`;
    const few = await statementsOf(query, { input: { requestId: idOf(5) } });
    const many = await statementsOf(query, { input: { requestId: idOf(100) } });
    const tasks = many.result[mutation].request.items.nodes.flatMap(
      (item: { readonly tasks: readonly unknown[] }) => item.tasks,
    );
    expect(tasks).toEqual(Array.from({ length: 300 }, () => ({ status })));
    expect(many.count).toBe(few.count);
    expect(many.count).toBeLessThanOrEqual(most);
  });
});

// A list reads only the columns that the fields asked for say they need.
describe('what a field answers does not depend on what else is asked for', () => {
  test.each([
    ['AccountRequestItem', ''],
    ['AccountTask', 'tasks'],
    ['Person', 'person'],
  ])('for %s', async (type, field) => {
    const read = async (fields: readonly string[]): Promise<Record<string, unknown>> => {
      const asked = field === '' ? fields.join(' ') : `${field} { ${fields.join(' ')} }`;
      const query = `query Q($id: String!) { request(requestId: $id) { items(first: 1) { nodes { ${asked} } } } }`;
      const [node] = (await bench.portal.read(query, { id: idOf(1_001) })).request.items.nodes;
      return [field === '' ? node : node[field]].flat()[0];
    };
    const { __type } = await bench.portal.read(
      'query T($type: String!) { __type(name: $type) { fields { name type { kind ofType { kind } } } } }',
      { type },
    );
    const leaves: string[] = __type.fields
      .filter((each: Field) => /SCALAR|ENUM/.test(`${each.type.kind} ${each.type.ofType?.kind}`))
      .map((each: Field) => each.name);
    expect(leaves.length).toBeGreaterThan(10);
    const all = await read(leaves);
    for (const leaf of leaves) expect(await read([leaf])).toEqual({ [leaf]: all[leaf] });
  });
});

interface Field {
  readonly name: string;
  readonly type: { readonly kind: string; readonly ofType: { readonly kind: string } | null };
}
