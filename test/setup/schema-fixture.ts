import { type ExecutionResult, graphql } from 'graphql';
import { sql } from 'kysely';
import { seesEverything } from '../../src/domain/access/visibility.ts';
import { settingsCatalogue } from '../../src/domain/settings-catalogue.ts';
import { outsideTransaction } from '../../src/entities/transaction.ts';
import { sourceDefinitions } from '../../src/integrations/registry.ts';
import { ChangeFeed } from '../../src/jobs/kit/change-feed.ts';
import type { JobQueue } from '../../src/jobs/kit/job.ts';
import { LiveSettings } from '../../src/jobs/kit/live-settings.ts';
import { SecretKeys } from '../../src/jobs/secrets/secret-keys.ts';
import { createLogger } from '../../src/logger.ts';
import type { RequestScope, SchemaServices, Viewer } from '../../src/schema/context/context.ts';
import { createSchema } from '../../src/schema/index.ts';
import { PostgresRateLimits } from '../../src/server/authentication/rate-limits.ts';
import { startTestBoss } from './boss.ts';
import { createTestDatabase } from './database.ts';

const systemNames = ['IDAAS', 'WELINK', 'EMAIL'];
const admin: Viewer = { principal: 'admin', scopes: new Set(['admin']), sees: seesEverything, keyId: null };

/** A database of its own with the schema on top; `close` ends everything. */
export async function openSchema(options: { readonly jobs?: readonly JobQueue[] } = {}) {
  const { url, orm, drop } = await createTestDatabase();
  const logger = createLogger({ level: 'silent', pretty: false });
  const systems = systemNames.map((system) => ({ system, displayName: { zh: system, en: system } }));
  const settings = new LiveSettings(
    settingsCatalogue(
      systemNames.map((system) => ({
        system,
        ratePerSecond: 10,
        maxConcurrency: 8,
        dependsOn: system === 'IDAAS' ? [] : ['IDAAS'],
        patterns: {},
      })),
    ),
    logger,
  );
  const { boss, stop } = await startTestBoss(url, options.jobs ?? []);
  const feed = new ChangeFeed(logger);
  await feed.start(boss);
  const services: SchemaServices = {
    em: orm.em,
    boss,
    settings,
    feed,
    rateLimits: new PostgresRateLimits({
      db: () => outsideTransaction(orm.em.fork()),
      ruleFor: () => ({ points: 10_000, windowSeconds: 60 }),
      logger,
    }),
    secrets: new SecretKeys([]),
    systems,
    sources: sourceDefinitions,
    displayTimeZone: 'Asia/Shanghai',
    defaultEmailDomain: 'example.com',
    defaultLocale: 'ZH_CN',
  };
  const schema = createSchema({ systems });
  const db = outsideTransaction(orm.em.fork());

  const scope = (given: Partial<RequestScope> = {}): RequestScope => ({
    services,
    em: orm.em.fork(),
    viewer: admin,
    locale: 'EN',
    correlationId: 'test',
    ...given,
  });
  const run = (
    source: string,
    variableValues: Record<string, unknown> = {},
    contextValue = scope(),
  ): Promise<ExecutionResult> => Promise.resolve(graphql({ schema, source, variableValues, contextValue }));
  /** The data, when nothing went wrong. */
  const read = async (source: string, variables: Record<string, unknown> = {}, context = scope()) => {
    const { data, errors } = await run(source, variables, context);
    if (errors !== undefined)
      throw new AggregateError(errors, errors.map(({ message }) => message).join('; '));
    return JSON.parse(JSON.stringify(data));
  };
  const execute = async (text: string): Promise<void> => {
    await sql.raw(text).execute(db);
  };
  const close = async (): Promise<void> => {
    await feed.stop();
    await stop();
    await drop();
  };
  return { schema, services, db, scope, run, read, execute, close };
}

export type OpenSchema = Awaited<ReturnType<typeof openSchema>>;

/** Three people in one request: one done, one under way, one failed; and a request nobody has begun. */
export const seed = `
insert into account_request (id, request_id, origin_system, business_key, account_type, employee_type, system_list,
  priority, derived_key, input_fingerprint, status, total_users, rejected_rows, created_by, created_at)
values
  (1, 'req_20261122_aaaaaaaaaaaa', 'OA', 'K1', '11', '1', '{IDAAS,EMAIL}', 'NORMAL', 'd1', 'f1', 'PROCESSING', 3,
    '[{"position": 3, "codes": ["REQUIRED"]}]', 'admin', '2026-11-22 03:28:16.023127+00'),
  (2, 'req_20261122_bbbbbbbbbbbb', 'HR', 'K2', '11', '1', '{IDAAS}', 'HIGH', 'd2', 'f2', 'PENDING', 1, '[]', 'portal',
    '2026-11-22 04:00:00+00');
insert into person (id, employee_number, full_name, person_type, employee_status, source, departments,
  telephone_number1, reserved_email_address)
values
  (1, 'P1', '张三', '11', '1', 'REQUEST', '[{"department_code": "D1", "partner_company": null, "country": "CN"}]', '13800138000', 'zhangsan@x.cn'),
  (2, 'P_2', '李四', '11', '1', 'REQUEST', '[]', null, null),
  (3, 'P3', '100%', '11', '1', 'HR', '[]', null, null);
insert into request_item (id, request_id, position, employee_number, employee_name, department_code, phone_number,
  country, status, person_id, settled_count, error_code, error_parameters)
values
  (1, 1, 0, 'P1', '张三', 'D1', '13800138000', 'CN', 'COMPLETED', 1, 2, null, null),
  (2, 1, 1, 'P_2', '李四', 'D1', '13800138001', 'CN', 'TASK_CREATED', 2, 0, null, null),
  (3, 1, 2, 'P3', '100%', 'D9', '13800138002', 'CN', 'FAILED', 3, 2, 'DEPARTMENT_UNMAPPED', '{"departmentCodes": ["D9"], "system": "IDAAS"}'),
  (4, 2, 0, 'P1', '张三', 'D1', '13800138000', 'CN', 'PENDING', null, 0, null, null);
insert into account (person_id, system, identifier, state, origin)
values (1, 'IDAAS', 'zP1', 'ACTIVE', 'CREATED'), (1, 'EMAIL', 'zhangsan@x.cn', 'ACTIVE', 'CREATED'), (2, 'IDAAS', null, 'PLANNED', null);
insert into account_task (id, task_id, person_id, system, depends_on_systems, status, max_attempts, next_attempt_at,
  identifier, result, error_code, error_parameters, origin_system)
values
  (1, 'P1_IDAAS_00000001', 1, 'IDAAS', '{}', 'COMPLETED', 6, null, 'zP1', '{"outcome": "CREATED"}', null, null, 'OA'),
  (2, 'P1_EMAIL_00000002', 1, 'EMAIL', '{IDAAS}', 'COMPLETED', 6, null, 'zhangsan@x.cn', '{}', null, null, 'OA'),
  (3, 'P_2_IDAAS_00000003', 2, 'IDAAS', '{}', 'RETRY', 6, '2999-01-01 00:00:00+00', null, null, 'UNEXPECTED_ERROR', '{}', 'OA'),
  (4, 'P_2_EMAIL_00000004', 2, 'EMAIL', '{IDAAS}', 'WAITING', 6, null, null, null, null, null, 'OA'),
  (5, 'P3_IDAAS_00000005', 3, 'IDAAS', '{}', 'FAILED', 6, null, null, null, 'DEPARTMENT_UNMAPPED', '{"departmentCodes": ["D9"]}', 'OA'),
  (6, 'P3_EMAIL_00000006', 3, 'EMAIL', '{IDAAS}', 'WAITING', 6, null, null, null, null, null, 'OA');
insert into request_item_task (item_id, task_id) values (1, 1), (1, 2), (2, 3), (2, 4), (3, 5), (3, 6);
insert into task_attempt (task_id, execution_attempt, outcome, error_code, execution_context, finished_at)
values
  (1, 1, 'RETRYABLE', 'UNEXPECTED_ERROR', '{}', now()), (1, 2, 'CREATED', null, '{}', now()),
  (3, 1, 'THROTTLED', null, '{}', now()), (3, 2, 'RETRYABLE', 'UNEXPECTED_ERROR', '{"trial": true}', now()),
  (3, 3, 'RETRYABLE', 'UNEXPECTED_ERROR', '{"trial": false}', now()), (3, 4, null, null, '{}', null);
insert into department_mapping (id, idata_department_code, idaas_department_code, ou)
values (1, 'D1', 'I1', 'OU=50%'), (2, 'D_2', 'I2', 'OU=B'), (3, 'DX2', 'I3', 'OU=C');
insert into system_state (system, circuit) values ('IDAAS', 'CLOSED'), ('WELINK', 'CLOSED'), ('EMAIL', 'CLOSED');
`;
