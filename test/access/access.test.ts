import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Scope } from '../../src/domain/access/scopes.ts';
import { seesEverything, type Visibility } from '../../src/domain/access/visibility.ts';
import { encodeGlobalId } from '../../src/schema/reading/global-id.ts';
import { type OpenSchema, openSchema, seed } from '../setup/schema-fixture.ts';
import { wholeOperation } from '../setup/whole-operation.ts';

let api: OpenSchema;
beforeAll(async () => {
  api = await openSchema();
  await api.execute(seed);
  // What the portal HR asked for, for somebody whom the portal OA asked for too.
  await api.execute(`
    insert into account_task (id, task_id, person_id, system, status, max_attempts, depends_on_systems, origin_system)
      values (7, 'P1_WELINK_00000007', 1, 'WELINK', 'WAITING', 6, '{IDAAS}', 'HR');
    update request_item set person_id = 1, status = 'TASK_CREATED' where id = 4;
    insert into request_item_task (item_id, task_id) values (4, 7);`);
});
afterAll(() => api.close());

const OWN = 'req_20261122_bbbbbbbbbbbb';
const FOREIGN = 'req_20261122_aaaaaaaaaaaa';
const portalScopes: Scope[] = ['requests:read', 'requests:write', 'people:read', 'people:pii'];

function portal(sees: Visibility = { kind: 'origins', originSystems: ['HR'] }, scopes = portalScopes) {
  return api.scope({ viewer: { principal: 'portal', scopes: new Set(scopes), sees, keyId: null } });
}

/** Everything in the answer that belongs to the other portal only. */
const FOREIGN_TEXT = /req_20261122_a+|P_2|P3|李四|P1_IDAAS_|P1_EMAIL_|"K1"|"OA"/g;

describe('a key bound to an origin system', () => {
  const ids = (type: string, count: number) =>
    Array.from({ length: count }, (_, index) => encodeGlobalId(type, String(index + 1)));
  const everyId = [
    ...ids('AccountRequest', 2),
    ...ids('AccountRequestItem', 4),
    ...ids('AccountTask', 7),
    ...ids('Person', 3),
    ...ids('Account', 3),
  ];
  const foreign = { requestId: `"${FOREIGN}"`, taskId: '"P1_IDAAS_00000001"', employeeNumber: '"P_2"' };
  const own = { requestId: `"${OWN}"`, taskId: '"P1_WELINK_00000007"', employeeNumber: '"P1"' };
  const values = { ids: JSON.stringify(everyId), id: JSON.stringify(everyId[0]) };

  test.each([
    ['of others', foreign],
    ['of its own', own],
  ])('finds nothing of others below any query, asked for things %s', async (_, named) => {
    const scope = portal();
    const { viewer } = scope;
    if (viewer === null) throw new Error('nobody is signed in');
    const queries = Object.keys(api.schema.getQueryType()?.getFields() ?? {});
    const options = { depth: 2, values: { ...values, ...named } };
    const answered: string[] = [];
    let foundByAdmin = 0;
    for (const query of queries) {
      const source = wholeOperation(api.schema, query, { ...options, viewer });
      if (source === null) continue;
      const mine = await api.run(source, {}, portal());
      const refused = mine.errors?.filter(({ extensions }) => extensions['code'] !== 'FORBIDDEN') ?? [];
      expect(refused, source.slice(0, 200)).toEqual([]);
      expect(JSON.stringify(mine).match(FOREIGN_TEXT), query).toBeNull();
      answered.push(query);
      foundByAdmin += JSON.stringify(await api.run(source)).match(FOREIGN_TEXT)?.length ?? 0;
    }
    expect(answered).toEqual(
      expect.arrayContaining(['node', 'nodes', 'request', 'requests', 'task', 'tasks', 'person', 'people']),
    );
    expect(foundByAdmin).toBeGreaterThan(20);
  });

  test('sees its own: request, item, person, accounts, its task; lists and counts hold nothing else', async () => {
    expect(
      await api.read(
        `{ requests(first: 9) { totalCount nodes { requestId items(first: 9) { nodes { employeeNumber phoneNumber
            tasks { taskId dependsOn { taskId } } person { fullName accounts { identifier } tasks(first: 9) { totalCount nodes { taskId } }
            requestItems(first: 9) { totalCount } } } } } }
          requestCounts { status count } tasks(first: 9) { totalCount } taskStats { system total }
          people(first: 9) { totalCount } }`,
        {},
        portal(),
      ),
    ).toEqual({
      requests: {
        totalCount: 1,
        nodes: [
          {
            requestId: OWN,
            items: {
              nodes: [
                {
                  employeeNumber: 'P1',
                  phoneNumber: '13800138000',
                  // The account in IDAAS it depends on was made for the other portal.
                  tasks: [{ taskId: 'P1_WELINK_00000007', dependsOn: [] }],
                  person: {
                    fullName: '张三',
                    accounts: [{ identifier: 'zP1' }, { identifier: 'zhangsan@x.cn' }],
                    tasks: { totalCount: 1, nodes: [{ taskId: 'P1_WELINK_00000007' }] },
                    requestItems: { totalCount: 1 },
                  },
                },
              ],
            },
          },
        ],
      },
      requestCounts: [{ status: 'PENDING', count: 1 }],
      tasks: { totalCount: 1 },
      taskStats: [
        { system: 'IDAAS', total: 0 },
        { system: 'WELINK', total: 1 },
        { system: 'EMAIL', total: 0 },
      ],
      people: { totalCount: 1 },
    });
  });

  test.each([
    [
      `mutation($id: String!) { outcome: cancelRequest(input: { requestId: $id }) { request { id } userErrors { code message path } } }`,
      FOREIGN,
    ],
    [
      `mutation($id: String!) { outcome: retryRequest(input: { requestId: $id }) { request { id } userErrors { code message path } } }`,
      FOREIGN,
    ],
    [
      `mutation($id: String!) { outcome: retryTask(input: { taskId: $id }) { task { id } userErrors { code message path } } }`,
      'P3_IDAAS_00000005',
    ],
    [
      `mutation($id: String!) { outcome: resolveTask(input: { taskId: $id, outcome: SEND_AGAIN }) { task { id } userErrors { code message path } } }`,
      'P3_IDAAS_00000005',
    ],
  ])('cannot tell what is not its own from what does not exist: %s', async (source, foreignId) => {
    const unknownId = foreignId.replace(/.$/, 'f');
    const answer = async (id: string) => {
      const { data, errors } = await api.run(source, { id }, portal(undefined, [...portalScopes, 'operate']));
      return JSON.stringify([data, errors]).replaceAll(id, '<id>');
    };
    expect(await answer(foreignId)).toBe(await answer(unknownId));
    expect(await answer(foreignId)).toContain('NOT_FOUND');
  });

  test('sends requests of its own origin system only', async () => {
    const source = `mutation($input: CreateAccountsInput!) { createAccounts(input: $input) { userErrors { code } } }`;
    const input = {
      originSystem: 'OA',
      businessKey: 'k',
      accountType: '11',
      employeeType: '1',
      systemList: ['IDAAS'],
      userList: [],
    };
    const refused = await api.run(source, { input }, portal());
    expect(refused.errors?.[0]).toMatchObject({
      message: expect.stringContaining('HR'),
      extensions: { code: 'FORBIDDEN', argument: 'input.originSystem' },
    });
    expect(await api.read(source, { input: { ...input, originSystem: ' HR ' } }, portal())).toEqual({
      createAccounts: { userErrors: [{ code: 'REQUIRED' }] },
    });
  });
});

describe('names and phone numbers', () => {
  const source = `{ request(requestId: "${FOREIGN}") { items(first: 1) { nodes { employeeName phoneNumber person { fullName phoneNumber pinyinName } } } } }`;
  const shown = async (scopes: Scope[]) => {
    const { request } = await api.read(source, {}, portal(seesEverything, scopes));
    const [item] = request.items.nodes;
    return [
      item.employeeName,
      item.phoneNumber,
      item.person.fullName,
      item.person.phoneNumber,
      item.person.pinyinName,
    ];
  };

  test('are masked without people:pii', async () => {
    expect(await shown(['requests:read'])).toEqual(['张*', '138****8000', '张*', '138****8000', 'z*']);
    expect(await shown(['requests:read', 'people:pii'])).toEqual([
      '张三',
      '13800138000',
      '张三',
      '13800138000',
      'zhangsan',
    ]);
  });
});

test('what the caller may not read is not there through node either', async () => {
  const id = encodeGlobalId('DepartmentMapping', '1');
  const source = `{ node(id: "${id}") { id } }`;
  expect(await api.read(source, {}, portal(seesEverything))).toEqual({ node: null });
  expect(await api.read(source, {}, portal(seesEverything, ['operate']))).toEqual({ node: { id } });
});
