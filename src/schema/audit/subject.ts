import { sql } from 'kysely';
import { nodeByKey } from '../building/node.ts';
import type { RequestScope } from '../context/context.ts';
import { isBigint } from '../reading/global-id.ts';
import { oneByKey, sqlOf } from '../reading/loaders.ts';

/** The subject of an entry, as the entry names it. */
interface Subject {
  readonly subject_kind: string;
  readonly subject_id: string;
}

/** Kinds whose subjects are named by primary key, and those that are looked up by what they are called. */
const types: Readonly<Record<string, { readonly type: string; readonly named: boolean }>> = {
  REQUEST: { type: 'AccountRequest', named: true },
  REQUEST_ITEM: { type: 'AccountRequestItem', named: false },
  TASK: { type: 'AccountTask', named: false },
  ACCOUNT: { type: 'Account', named: true },
  RUN: { type: 'SyncRun', named: true },
  PERSON: { type: 'Person', named: false },
  DEPARTMENT_MAPPING: { type: 'DepartmentMapping', named: true },
  PERSON_TYPE_MAPPING: { type: 'PersonTypeMapping', named: true },
  WEBHOOK: { type: 'Webhook', named: false },
  API_KEY: { type: 'ApiKey', named: false },
};

/** Primary keys of things that are named, by kind and name. */
const keyByName = oneByKey<string>(async (scope, keys) => {
  const { rows } = await sql<{ readonly key: string; readonly id: string | null }>`
    select k.key, (case k.kind
      when 'REQUEST' then (select r.id from account_request r where r.request_id = k.name)
      when 'RUN' then (select r.id from sync_run r where r.run_id = k.name)
      when 'DEPARTMENT_MAPPING' then (select m.id from department_mapping m where m.idata_department_code = k.name)
      when 'PERSON_TYPE_MAPPING' then (select m.id from person_type_mapping m where m.person_type = k.name)
      when 'ACCOUNT' then (select a.id from account a
        where a.person_id::text = split_part(k.name, ':', 1) and a.system = split_part(k.name, ':', 2)
          and a.person_id = nullif(regexp_replace(split_part(k.name, ':', 1), '\\D', '', 'g'), '')::bigint)
      end)::text as id
    from (select key, split_part(key, ' ', 1) as kind, substr(key, strpos(key, ' ') + 1) as name
      from unnest(${[...keys]}::text[]) as key) k`.execute(sqlOf(scope));
  return new Map(rows.flatMap(({ key, id }) => (id === null ? [] : [[key, id]])));
});

/** The thing an entry is about; null where it is gone, or no thing that has an id. */
export async function subjectOf(entry: Subject, _args: object, scope: RequestScope): Promise<object | null> {
  const kind = types[entry.subject_kind];
  if (kind === undefined) return null;
  const { type, named } = kind;
  const id = named
    ? await keyByName(scope).load(`${entry.subject_kind} ${entry.subject_id}`)
    : entry.subject_id;
  return id === null || !isBigint(id) ? null : nodeByKey(scope, { type, id });
}
