import { sql } from 'kysely';
import type { AuditProblemKind } from '../../domain/audit/audit-problems.ts';
import { type Anchor, checkSeal, NO_HASH, type SealContents } from '../../domain/audit/seal.ts';
import type { Sql } from '../../entities/tables.ts';
import { DIGEST_BYTES, entryDigest } from './entry-digest.ts';

/** The first thing that is wrong. */
export interface AuditProblem {
  readonly kind: AuditProblemKind;
  readonly seal: string | null;
  readonly entry: string | null;
  readonly head: string | null;
}

export interface AuditVerification {
  /** Verified by this call. */
  readonly seals: number;
  readonly entries: number;
  /** The last seal of this call; the next call goes on after it. */
  readonly upTo: string;
  /** False: there is more, and nothing was wrong so far. */
  readonly complete: boolean;
  readonly problem: AuditProblem | null;
  /** Hash of the newest seal; null: nothing is sealed yet. */
  readonly head: string | null;
  /** Whether the given head is in the chain; null: none was given. */
  readonly headFound: boolean | null;
  /** Entries that are not sealed yet. */
  readonly unsealed: number;
}

/** Seals of one statement, and their entries, unless one seal has more: a fraction of a second. */
const SEALS_AT_ONCE = 20;
const ENTRIES_AT_ONCE = 40_000;
/** No statement begins after this time: an operation may take 10 seconds. */
const BUDGET_MS = 4_000;

/**
 * Verifies the chain after the seal `after` (0: from its beginning), as far as the time of one call allows: each
 * entry is as it was sealed, none is missing or added, and each seal follows the one before it.
 */
export async function verifyAudit(
  db: Sql,
  input: { readonly after: string; readonly head: string | null },
): Promise<AuditVerification> {
  const deadlineMs = performance.now() + BUDGET_MS;
  const state = await readState(db, input.head);
  let before = await anchorAt(db, input.after);
  let seals = 0;
  let entries = 0;
  let problem: AuditProblem | null = null;
  let complete = false;
  while (problem === null && !complete && performance.now() < deadlineMs) {
    const batch = await readSeals(db, before.sealId);
    complete = batch.length === 0;
    for (const seal of batch) {
      problem = await findProblem(db, seal, before);
      if (problem !== null) break;
      before = { sealId: seal.id, hash: seal.hash };
      seals += 1;
      entries += seal.entries;
    }
    problem ??= await findInserted(db, batch, { complete });
  }
  if (complete && problem === null) problem = findLostHead(input.head, state);
  return { ...state, seals, entries, upTo: before.sealId, complete, problem };
}

type State = Pick<AuditVerification, 'head' | 'headFound' | 'unsealed'>;

async function readState(db: Sql, head: string | null): Promise<State> {
  const { rows } = await sql<State>`
    with last as (select id, hash, settled_id, settled_seal_id from audit_seal order by id desc limit 1)
    select (select hash from last) as head,
      case when ${head}::text is not null then exists (select 1 from audit_seal where hash = ${head})
        or coalesce((${purgedHash}) = ${head}, false) end as "headFound",
      (select count(*)::int from audit_entry e where e.id > coalesce((select settled_id from last), 0)
        and not exists (select 1 from audit_seal s
          where s.id > (select settled_seal_id from last) and s.entry_ids @> e.id)) as unsealed`.execute(db);
  return rows[0] ?? { head: null, headFound: null, unsealed: 0 };
}

const ownPurge = sql`
  select e.after from audit_entry e where e.subject_kind = 'AUDIT' and e.action = 'audit.purged' order by e.id desc limit 1`;
const purgedHash = sql`select p.after->>'hash' from (${ownPurge}) p`;

/** Where to begin: after the seal, after what was purged, or at the beginning. */
async function anchorAt(db: Sql, after: string): Promise<Anchor> {
  const { rows } = await sql<Anchor>`
    select id::text as "sealId", hash from audit_seal where id = ${after}::bigint
    union all
    select p.after->>'lastSeal', p.after->>'hash' from (${ownPurge}) p where ${after}::bigint = 0`.execute(
    db,
  );
  return rows[0] ?? { sealId: '0', hash: NO_HASH };
}

interface SealRow extends SealContents {
  readonly hash: string;
  /** Whether the entries are as they were sealed. */
  readonly same: boolean;
}

async function readSeals(db: Sql, after: string): Promise<SealRow[]> {
  const { rows } = await sql<SealRow>`
    select s.id, s.entry_ids::text as "entryIds", s.entries, encode(sha256(s.digests), 'hex') as "digestsHash",
      extract(epoch from s.newest_at)::text as "newestAt", extract(epoch from s.sealed_at)::text as "sealedAt",
      s.previous_hash as "previousHash", s.hash, f.count = s.entries and f.digests = s.digests as same
    from (
      select n.*, sum(n.entries) over (order by n.id) - n.entries as before
      from (select * from audit_seal where id > ${after}::bigint order by id limit ${SEALS_AT_ONCE}) n) s
    cross join lateral (
      select count(*) as count, coalesce(string_agg(${entryDigest()}, ''::bytea order by e.id), ''::bytea) as digests
      from audit_entry e
      where e.id >= lower(s.entry_ids) and e.id < upper(s.entry_ids) and s.entry_ids @> e.id) f
    where s.before < ${ENTRIES_AT_ONCE} order by s.id`.execute(db);
  return rows;
}

async function findProblem(db: Sql, seal: SealRow, before: Anchor): Promise<AuditProblem | null> {
  const kind = checkSeal(seal, before);
  if (kind !== null) return { kind, seal: seal.id, entry: null, head: null };
  return seal.same ? null : await findBrokenEntry(db, seal.id);
}

/** Finds the first entry of a seal that has changed. An entry whose contents fit another broken place was moved. */
async function findBrokenEntry(db: Sql, seal: string): Promise<AuditProblem> {
  const { rows } = await sql<{ entry: string; kind: AuditProblemKind }>`
    with sealed as (
      select r.id, substr(s.digests, 1 + ${DIGEST_BYTES}::int * (row_number() over (order by r.id) - 1)::int,
        ${DIGEST_BYTES}::int) as digest
      from audit_seal s, unnest(s.entry_ids) m, generate_series(lower(m), upper(m) - 1) as r(id) where s.id = ${seal}::bigint
    ), broken as materialized (
      select p.id, p.digest, e.id is null as gone from sealed p left join audit_entry e on e.id = p.id
      where e.id is null or ${entryDigest()} <> p.digest
    ), first as (select * from broken order by id limit 1)
    select f.id as entry, case when f.gone then 'ENTRY_REMOVED' when exists (
        select 1 from broken o join audit_entry e on e.id = f.id
        where o.id <> f.id and ${entryDigest(sql`o.id`)} = o.digest) then 'ENTRY_MOVED'
      else 'ENTRY_ALTERED' end as kind
    from first f`.execute(db);
  const [found] = rows;
  return { kind: found?.kind ?? 'ENTRY_ALTERED', seal, entry: found?.entry ?? null, head: null };
}

/**
 * Finds an entry at an id that was decided long ago, under no seal: between where the seal before these ends and where
 * these end, and with the last of them up to what is decided. Seals overlap where a transaction took long, so the index
 * of what they cover says which may hold an entry.
 */
async function findInserted(
  db: Sql,
  seals: readonly SealRow[],
  { complete }: { readonly complete: boolean },
): Promise<AuditProblem | null> {
  const first = seals[0]?.id ?? null;
  const last = seals.at(-1)?.id ?? null;
  const { rows } = await sql<{ entry: string }>`
    with part as materialized (
      select coalesce((select upper(s.entry_ids) from audit_seal s
          where s.id < coalesce(${first}::bigint, ${Number.MAX_SAFE_INTEGER}) order by s.id desc limit 1), 0) as low,
        case when ${complete} then coalesce((select settled_id + 1 from audit_seal order by id desc limit 1), 0)
          else (select max(upper(s.entry_ids)) from audit_seal s
            where s.id between ${first}::bigint and ${last}::bigint) end as high
    ), marks as (
      select e.id, 1 as kind, null::bigint as covered_to from part, audit_entry e
      where e.id >= part.low and e.id < least(part.high, (select settled_id + 1 from audit_seal order by id desc limit 1))
      union all
      select lower(m), 0, upper(m) from part, audit_seal s, unnest(s.entry_ids) m
      where s.entry_ids && int8range(part.low, greatest(part.low, part.high))
    )
    select id as entry from (
      select id, kind, max(covered_to) over (order by id, kind rows unbounded preceding) as covered_to from marks) as swept
    where kind = 1 and coalesce(covered_to, 0) <= id order by id limit 1`.execute(db);
  const [found] = rows;
  return found === undefined ? null : { kind: 'ENTRY_INSERTED', seal: null, entry: found.entry, head: null };
}

function findLostHead(head: string | null, { headFound }: State): AuditProblem | null {
  return headFound === false ? { kind: 'HEAD_MISSING', seal: null, entry: null, head } : null;
}
