import { Migration } from '@mikro-orm/migrations';

/** What operators are told: ages of queues that somebody may work on, and whether the audit log is whole. */
export class Migration20261130000020_week extends Migration {
  override async up(): Promise<void> {
    this.addSql(queueAges);
    this.addSql(auditVerification);
  }
}

// What nobody may run is no reason for more workers: systems that are paused, throttled or whose circuit is open, and
// what a switch holds back. In plpgsql, because the tables of pg-boss come into being after this.
const queueAges = `
create function queue_ages() returns table (name text, age float8) language plpgsql stable as $$
begin
  return query
    select q.name, q.age from (
      select j.name::text as name, extract(epoch from clock_timestamp() - min(j.start_after))::float8 as age
      from pgboss.job j
      where j.state in ('created', 'retry') and j.start_after <= clock_timestamp()
        and j.name not like '%.dead' and j.name not like '\\_\\_pgboss%'
      group by j.name) q
    where not exists (select 1 from setting s, jsonb_array_elements(s.value) p
        where s.key = 'paused_systems' and coalesce((p->>'until')::timestamptz, 'infinity') > clock_timestamp()
          and q.name like '%.' || lower(p->>'system'))
      and not exists (select 1 from system_state c
        where (c.circuit = 'OPEN' or c.throttled_until > clock_timestamp()) and q.name like '%.' || lower(c.system))
      and not exists (select 1 from setting s
        where s.key in ('account_creation_enabled', 'task_processing_enabled') and s.value = 'false'
          and q.name like 'provisioning.run-task.%');
end $$;
`;

const auditVerification = `
create table audit_verification (
  id smallint primary key default 1 check (id = 1),
  verified_at timestamptz not null,
  problem text,
  seal text,
  entry text
);
`;
