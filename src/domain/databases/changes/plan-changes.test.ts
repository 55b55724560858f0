import { expect, test } from 'vitest';
import { type RemoteAccount, type RemoteCatalog, unreadBy } from '../permissions/catalog.ts';
import { grant, type Permission } from '../permissions/permission.ts';
import { hashSnapshot } from '../permissions/snapshot.ts';
import { asksForConfirmation, hashAccounts, planChanges, type StoredAccount } from './plan-changes.ts';
import { rowsAfter } from './rows-at.ts';

const select = grant('TABLE', { scope: 'shop', object: 's.t', privilege: 'SELECT' });
const connect = grant('DATABASE', { scope: 'shop', privilege: 'CONNECT' });

function remote(
  name: string,
  permissions: readonly Permission[],
  changes: Partial<RemoteAccount> = {},
): RemoteAccount {
  return {
    identity: name,
    name,
    host: null,
    displayName: name,
    nativeId: null,
    isRole: false,
    isSystem: false,
    attributes: {},
    lockReasons: [],
    locksAt: null,
    expiresAt: null,
    lastLoginAt: null,
    permissions,
    ...changes,
  };
}

function stored(name: string, permissions: readonly Permission[]): StoredAccount {
  const snapshotHash = hashSnapshot({ attributes: {}, permissions });
  return {
    id: name,
    identity: name,
    name,
    host: null,
    displayName: name,
    nativeId: null,
    isRole: false,
    isSystem: false,
    state: 'ACTIVE',
    attributes: {},
    snapshotHash,
  };
}

function plan(
  accounts: readonly RemoteAccount[],
  before: Readonly<Record<string, readonly Permission[]>>,
  unread: Partial<Pick<RemoteCatalog, 'coverage' | 'closedScopes'>> = {},
) {
  const catalog: RemoteCatalog = {
    engine: 'POSTGRESQL',
    product: 'PostgreSQL',
    version: '17',
    accounts,
    fingerprint: '',
    coverage: [],
    closedScopes: [],
    ...unread,
  };
  const known = Object.entries(before).map(([name, rows]) => stored(name, rows));
  return planChanges(
    { catalog, hashes: hashAccounts(catalog), unread: unreadBy(catalog) },
    known,
    (id) => before[id] ?? [],
  );
}

test('what is the same is not compared, what is new or gone is logged with all it has or had', () => {
  const { accounts, disappeared } = plan([remote('same', [select]), remote('new', [connect])], {
    same: [select],
    gone: [select, connect],
  });
  expect(accounts.map(({ outcome }) => outcome)).toEqual(['unchanged', 'created']);
  expect(accounts[1]?.changes).toEqual([{ kind: 'ADD', added: [connect], removed: [], other: {} }]);
  expect(disappeared).toEqual([
    { id: 'gone', change: { kind: 'DELETE', added: [], removed: [connect, select], other: {} } },
  ]);
});

test.each([
  [
    'the category of one database',
    { coverage: [{ category: 'TABLE', scope: 'shop', status: 'DENIED', grant: null, detail: null }] },
  ],
  [
    'the category of all',
    { coverage: [{ category: 'TABLE', scope: null, status: 'ERROR', grant: null, detail: null }] },
  ],
  ['a database that nobody may open', { closedScopes: ['shop'] }],
] as const)('what was not read is never a revocation: %s', (_, unread) => {
  const { accounts } = plan([remote('a', [connect])], { a: [select, connect] }, unread);
  expect(accounts[0]).toMatchObject({ outcome: 'unchanged', changes: [] });
  expect(accounts[0]?.permissions).toEqual([connect, select]);
});

test('what another category lost is logged although one was not read', () => {
  const coverage = [
    { category: 'TABLE', scope: 'shop', status: 'DENIED', grant: null, detail: null },
  ] as const;
  const { accounts } = plan([remote('a', [])], { a: [select, connect] }, { coverage });
  expect(accounts[0]?.changes).toEqual([
    { kind: 'MODIFY_PRIVILEGE', added: [], removed: [connect], other: {} },
  ]);
});

test('a category of two sources, one of which was denied, is neither lost nor gained', () => {
  const coverage = [
    { category: 'SERVER', scope: null, status: 'DENIED', grant: null, detail: null },
  ] as const;
  const right = (privilege: string) => grant('SERVER', { scope: '*', privilege });
  const { accounts } = plan(
    [remote('a', [right('SELECT'), right('SUPER'), connect]), remote('new', [right('SUPER'), connect])],
    { a: [right('ROLE_ADMIN'), right('SELECT')] },
    { coverage },
  );
  expect(accounts.map(({ changes }) => changes)).toEqual([
    [{ kind: 'MODIFY_PRIVILEGE', added: [connect], removed: [], other: {} }],
    [{ kind: 'ADD', added: [connect], removed: [], other: {} }],
  ]);
  expect(accounts[0]?.permissions).toEqual([connect, right('ROLE_ADMIN'), right('SELECT')]);
});

test('default roles stay as they were while roles may not be read', () => {
  const coverage = [{ category: 'ROLE', scope: null, status: 'ERROR', grant: null, detail: null }] as const;
  const before = { ...stored('a', []), attributes: { defaultRoles: ['r@%'], plugin: 'x' } };
  const catalog = {
    engine: 'MYSQL',
    coverage,
    closedScopes: [],
    product: '',
    version: '',
    fingerprint: '',
  } as const;
  const read = { ...catalog, accounts: [remote('a', [], { attributes: { defaultRoles: [], plugin: 'y' } })] };
  const { accounts } = planChanges(
    { catalog: read, hashes: hashAccounts(read), unread: unreadBy(read) },
    [before],
    () => [],
  );
  expect(accounts[0]?.changes).toEqual([
    {
      kind: 'MODIFY_OTHER',
      added: [],
      removed: [],
      other: { plugin: { before: 'x', after: 'y' } },
    },
  ]);
  expect(accounts[0]?.remote.attributes).toEqual({ defaultRoles: ['r@%'], plugin: 'y' });
});

test('a renamed role is one entry; rows of its members follow, and the fold of the log knows it', () => {
  const member = (role: string) => grant('ROLE', { scope: '*', object: role, privilege: 'MEMBER' });
  const { accounts } = plan(
    [remote('role', [], { displayName: 'reader', name: 'reader' }), remote('user', [member('reader')])],
    { role: [], user: [member('role')] },
  );
  expect(accounts[0]?.changes.map(({ kind }) => kind)).toEqual(['RENAME']);
  expect(accounts[1]).toMatchObject({ outcome: 'unchanged', changes: [], writesRows: true });
  const renamedRoles = new Map([['role', 'reader']]);
  expect(
    rowsAfter([
      { kind: 'ADD', added: [member('role')], removed: [], renamedRoles: new Map() },
      { kind: 'RENAME', added: [], removed: [], renamedRoles },
    ]),
  ).toEqual([member('reader')]);
});

test.each([
  [6, 20, true],
  [5, 20, false],
  [6, 30, false],
  [6, 31, false],
])('%i gone of %i asks for a confirmation: %s', (gone, active, expected) => {
  const disappeared = Array.from({ length: gone }, () => ({
    id: '',
    change: { kind: 'DELETE' as const, added: [], removed: [], other: {} },
  }));
  expect(asksForConfirmation({ disappeared, activeBefore: active }, { percent: 20, count: 5 })).toBe(
    expected,
  );
});
