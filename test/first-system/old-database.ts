import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** How large the first system's database is to be; its dirt grows with it. */
export interface OldDatabaseSize {
  readonly people: number;
  /** Requests of five people each. */
  readonly requests: number;
}

const TABLES = `
create table syncservice_hrperson (person_id integer primary key, employee_number varchar(50) not null unique,
  full_name varchar(100) not null, english_name varchar(100), sex varchar(20), birth_day date, nationality_code varchar(10),
  person_type varchar(10) not null, employee_status varchar(10) not null, employee_account varchar(50), user_id varchar(50),
  employee_description text, email_address varchar(254), telephone_number1 varchar(20), telephone_number2 varchar(20),
  telephone_number3 varchar(20), full_address text, postal_code varchar(10), base_location varchar(100),
  expense_account varchar(50), person_pinyin_name varchar(100), original_hire_date date, creation_date datetime not null,
  last_update_date datetime not null, effective_date date, disable_date date, person_dept text not null,
  tenant_id varchar(50) not null, created_by varchar(20) not null, last_updated_by varchar(20) not null, nickname varchar(50));
create table syncservice_hrpersonaccount (id integer primary key autoincrement, account_type varchar(20) not null,
  account_identifier varchar(200), is_created bool not null, created_at datetime not null, updated_at datetime not null,
  person_id integer not null references syncservice_hrperson);
create table syncservice_departmentmapping (id integer primary key autoincrement, idata_departmentcode varchar(50) not null unique,
  idaas_departmentcode varchar(50) not null, ou varchar(200) not null);
create table syncservice_persontypemapping (id integer primary key autoincrement, person_type varchar(10) not null unique,
  email_domain varchar(50) not null, idaas_user_type varchar(20) not null, welink_person_type varchar(20) not null,
  is_active bool not null, description varchar(100));
create table syncservice_syncconfig (id integer primary key autoincrement, key varchar(100) not null unique, value text not null,
  description varchar(200));
create table syncservice_accountcreationtask (id integer primary key autoincrement, task_id varchar(100) not null unique,
  account_type varchar(20) not null, status varchar(20) not null, result_data text, created_at datetime not null,
  updated_at datetime not null, completed_at datetime, depends_on_task_id bigint, person_id integer not null);
create table syncservice_accountcreationlog (id integer primary key autoincrement, execution_attempt integer not null,
  error_message text not null, error_details text, execution_context text, created_at datetime not null, task_id bigint not null);
create table syncservice_accountcreationrequest (id integer primary key autoincrement, request_id varchar(100) not null unique,
  origin_system varchar(50) not null, business_key varchar(50) not null, account_type varchar(20) not null,
  employee_type varchar(10) not null, system_list text not null, status varchar(20) not null, total_users integer not null,
  processed_users integer not null, error_summary text, created_at datetime not null, updated_at datetime not null,
  completed_at datetime);
create table syncservice_accountcreationrequestitem (id integer primary key autoincrement, employee_number varchar(50) not null,
  employee_name varchar(100) not null, department_code varchar(50) not null, phone_number varchar(20) not null,
  partner_company varchar(100), country varchar(50) not null, status varchar(20) not null, error_message text,
  created_at datetime not null, updated_at datetime not null, hr_person_id integer, request_id bigint not null);
create index old_account_person on syncservice_hrpersonaccount (person_id);
create index old_item_request on syncservice_accountcreationrequestitem (request_id);
`;

const SETTINGS = [
  ['hr_sync_enabled', 'false'],
  ['valid_employee_statuses', '["1"]'],
  ['account_creation_max_retries', '7'],
  ['task_processing_interval_minutes', 'often'],
  ['idaas_secret', 'hunter2'],
  ['hieds_page_size', '20'],
  ['last_sync_time', '2026-01-17T08:00:00'],
  ['favourite_colour', 'blue'],
] as const;

/** As SQLite has Django's times: UTC, without an offset. */
const AT = '2026-01-17 02:00:00.123456';

/**
 * Makes a database as the first system left them, with what they typically hold: accounts marked as created that are
 * not, an address of two people, ids made of digits, the same number twice, tasks stuck in processing, logs without
 * tasks, requests completed without accounts, a full-width comma in an OU, a column that nobody knows.
 */
export function makeOldDatabase(file: string, { people, requests }: OldDatabaseSize): void {
  rmSync(file, { force: true });
  // Rows that lost what they belong to are part of the dirt.
  const db = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  db.exec(`pragma journal_mode = off; pragma synchronous = off; ${TABLES} begin`);
  addConfiguration(db);
  addPeople(db, people);
  addTasks(db, Math.min(people, 200));
  addRequests(db, { people, requests });
  db.exec('commit');
  db.close();
}

/** A request that was open at the cut-over, and its one person. */
export const OPEN_REQUEST = 'req_20260117_00000000pend';
export const OPEN_NUMBER = 'QNEW01';

/** The employee number of the person in a place, from 1. */
export function oldNumber(place: number): string {
  return `Q${String(place).padStart(6, '0')}`;
}

function addConfiguration(db: DatabaseSync): void {
  const mapping = db.prepare(
    'insert into syncservice_departmentmapping (idata_departmentcode, idaas_departmentcode, ou) values (?, ?, ?)',
  );
  mapping.run('D001', 'WW-D001', 'OU=D001');
  mapping.run('D002', 'WW-D002', 'OU=一部，OU=公司');
  db.prepare(
    `insert into syncservice_persontypemapping (person_type, email_domain, idaas_user_type, welink_person_type, is_active)
      values ('11', '@partner.example', 'supplier', '外包', 1)`,
  ).run();
  const setting = db.prepare('insert into syncservice_syncconfig (key, value) values (?, ?)');
  for (const [key, value] of SETTINGS) setting.run(key, value);
}

function addPeople(db: DatabaseSync, people: number): void {
  const person =
    db.prepare(`insert into syncservice_hrperson (person_id, employee_number, full_name, person_type,
    employee_status, telephone_number1, creation_date, last_update_date, person_dept, tenant_id, created_by, last_updated_by,
    birth_day) values (?, ?, ?, '11', '1', ?, ?, ?, ?, 'T1', ?, ?, ?)`);
  const account =
    db.prepare(`insert into syncservice_hrpersonaccount (account_type, account_identifier, is_created,
    created_at, updated_at, person_id) values (?, ?, ?, ?, ?, ?)`);
  for (let place = 1; place <= people; place += 1) {
    const number = oldNumber(place);
    const brought = place % 10 === 0;
    const author = brought ? 'account_creation_api' : 'hr_sync';
    const department = place % 7 === 0 ? 'D999' : place % 2 === 0 ? 'D002' : 'D001';
    const departments = JSON.stringify([
      { department_code: department, partner_company: '', country: '中国' },
    ]);
    const phone = `139${String(place).padStart(8, '0')}`;
    person.run(
      place,
      number,
      `张三${place % 3 === 0 ? '' : '丰'}`,
      phone,
      AT,
      AT,
      departments,
      author,
      author,
      '1990-02-03',
    );
    // Said to be created by default; the login is a mere number, and the second person has the address of the first.
    account.run('idaas', place % 3 === 0 ? number : `z${number}`, 1, AT, AT, place);
    account.run(
      'email',
      `zhangsan${place === 2 ? 1 : place}@partner.example`,
      place % 5 === 0 ? 0 : 1,
      AT,
      AT,
      place,
    );
  }
  person.run(
    people + 1,
    oldNumber(1).toLowerCase(),
    '同号',
    '13900000000',
    AT,
    AT,
    '[]',
    'hr_sync',
    'hr_sync',
    null,
  );
  person.run(people + 2, 'Q-BAD-DATE', '坏日期', '13900000000', AT, AT, '[]', 'hr_sync', 'hr_sync', 'soon');
  account.run('idaas', 'orphan', 1, AT, AT, people + 99);
}

function addTasks(db: DatabaseSync, count: number): void {
  const task =
    db.prepare(`insert into syncservice_accountcreationtask (task_id, account_type, status, result_data,
    created_at, updated_at, completed_at, person_id) values (?, 'welink', ?, ?, ?, ?, ?, ?)`);
  const log =
    db.prepare(`insert into syncservice_accountcreationlog (execution_attempt, error_message, created_at, task_id)
    values (?, ?, ?, ?)`);
  const states = ['completed', 'failed', 'processing', 'pending'] as const;
  for (let place = 1; place <= count; place += 1) {
    const status = states[place % 4] ?? 'pending';
    const number = oldNumber(place);
    const result = JSON.stringify({
      account_identifier: number,
      department_mapping: { idata_code: 'D001', welink_dept_code: 'WW-D001' },
    });
    const completed = status === 'completed';
    task.run(
      `${number}_welink_1737000000`,
      status,
      completed ? result : null,
      AT,
      AT,
      completed ? AT : null,
      place,
    );
    if (status === 'failed') log.run(1, 'Welink API 返回错误: 手机号 13912345678 已存在', AT, place);
  }
  log.run(1, '没有任务的日志', AT, count + 999);
}

function addRequests(db: DatabaseSync, { people, requests }: OldDatabaseSize): void {
  const request =
    db.prepare(`insert into syncservice_accountcreationrequest (request_id, origin_system, business_key,
    account_type, employee_type, system_list, status, total_users, processed_users, created_at, updated_at, completed_at)
    values (?, 'oa', '65090', 'personal', 'W', ?, ?, 5, 5, ?, ?, ?)`);
  const item = db.prepare(`insert into syncservice_accountcreationrequestitem (employee_number, employee_name,
    department_code, phone_number, partner_company, country, status, created_at, updated_at, request_id)
    values (?, '张三', 'D001', '13900000001', null, 'cn', 'task_created', ?, ?, ?)`);
  for (let place = 1; place <= requests; place += 1) {
    const status = place % 4 === 0 ? 'processing' : 'completed';
    const { lastInsertRowid: id } = request.run(
      `req_20260117_${String(place).padStart(12, '0')}`,
      JSON.stringify(place % 3 === 0 ? ['welink'] : ['idaas']),
      status,
      AT,
      AT,
      status === 'completed' ? AT : null,
    );
    for (let of = 0; of < 5; of += 1) item.run(oldNumber(((place * 5 + of) % people) + 1), AT, AT, id);
  }
  request.run('req_20260117_empty', '[]', 'completed', AT, AT, AT);
  // Taken after its workers had stopped: of a person that its table of people does not have yet.
  const { lastInsertRowid: pending } = request.run(OPEN_REQUEST, '["idaas"]', 'pending', AT, AT, null);
  item.run(OPEN_NUMBER, AT, AT, pending);
}
