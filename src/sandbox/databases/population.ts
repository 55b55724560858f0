/** Statements for one database of the populated server; `null`: the maintenance database. */
export interface PopulationPart {
  readonly database: string | null;
  readonly statements: readonly string[];
}

/** Database names of the population. */
export const populationDatabases = ['shop', 'hr "quoted"', 'closed', '仓库'] as const;

/**
 * A PostgreSQL server as a database auditor meets it, with the awkward cases: names with quotes, wildcards, spaces,
 * dots and emoji; roles in roles, with and without inheritance; rights on columns, by default, and from PUBLIC; an
 * expired account, one that may not connect, and a database closed to all.
 */
export const population: readonly PopulationPart[] = [
  {
    database: null,
    statements: [
      `create role app_read nologin`,
      `create role app_write nologin`,
      `create role "team lead" nologin createrole`,
      `create role nobody_in_it nologin`,
      `create role zhang_san login`,
      `create role "o'brien" login`,
      `create role "50%_off" login`,
      `create role "quo""te" login`,
      `create role "back\\slash.dot" login`,
      `create role "emoji 🦊" login`,
      `create role "CamelCase" login noinherit`,
      `create role pgbouncer login`,
      `create role contractor login valid until '2020-01-01'`,
      `create role batch login connection limit 0`,
      `create role dba_wang login superuser`,
      `create role shop_owner login`,
      `create role monitor login`,
      `grant app_read to app_write`,
      `grant app_write to zhang_san with admin option`,
      `grant app_read to "o'brien", "50%_off", "emoji 🦊"`,
      `grant app_write to "CamelCase"`,
      `grant "team lead" to "quo""te"`,
      `grant pg_read_all_data to monitor`,
      `grant app_read to contractor, batch`,
      `create database shop owner shop_owner`,
      `create database "hr ""quoted"""`,
      `create database closed`,
      `create database "仓库"`,
      `grant connect on database closed to app_read`,
      `alter database closed with allow_connections false`,
      `revoke connect, temporary on database shop from public`,
      `grant connect on database shop to app_read, monitor, dba_wang`,
      `grant create on database shop to app_write with grant option`,
    ],
  },
  {
    database: 'shop',
    statements: [
      `create schema sales authorization shop_owner`,
      `create schema "odd.name"`,
      `create table sales.orders (id bigint generated always as identity primary key, customer text, amount numeric, note text)`,
      `create table sales."order.lines" (id bigint primary key, "unit.price" numeric)`,
      `create table "odd.name"."sla\\sh" (id int)`,
      `create view sales.totals as select customer, sum(amount) as total from sales.orders group by customer`,
      `create materialized view sales.days as select 1 as day`,
      `create table sales.parts (id int, region text) partition by list (region)`,
      `create table sales.parts_east partition of sales.parts for values in ('east')`,
      `create sequence sales.numbers`,
      `create type sales.state as enum ('new', 'paid')`,
      `create domain sales.percent as int check (value between 0 and 100)`,
      `create type sales.pair as (a int, b text)`,
      `create type sales.span as range (subtype = int)`,
      `create function sales.price(amount numeric, text default 'x') returns numeric language sql as 'select amount'`,
      `create function sales.price(sales.state, int[]) returns int language sql as 'select 1'`,
      `create procedure sales.close_day() language sql as 'select 1'`,
      `create aggregate sales.product(int) (sfunc = int4mul, stype = int)`,
      `grant usage on schema sales to app_read, "quo""te"`,
      `grant create on schema sales to app_write`,
      `grant usage on schema "odd.name" to public`,
      `grant select on sales.orders, sales.totals to app_read`,
      `grant insert, update, delete on sales.orders to app_write`,
      `grant select (customer, note), update (note) on sales.orders to "back\\slash.dot"`,
      `grant select ("unit.price") on sales."order.lines" to "emoji 🦊"`,
      `grant all on "odd.name"."sla\\sh" to "quo""te" with grant option`,
      `grant usage, select on sequence sales.numbers to app_write`,
      `revoke execute on function sales.price(numeric, text) from public`,
      `grant execute on function sales.price(numeric, text) to app_write`,
      `revoke usage on type sales.state from public`,
      `grant usage on type sales.state to zhang_san`,
      `alter table sales.orders owner to shop_owner`,
      `alter default privileges for role shop_owner in schema sales grant select on tables to app_read`,
      `alter default privileges for role shop_owner grant execute on functions to app_write`,
      `grant select on pg_catalog.pg_authid to monitor`,
    ],
  },
  {
    database: 'hr "quoted"',
    statements: [
      `create table salaries (person text, salary numeric)`,
      `create table "people""s" (name text)`,
      `grant select on salaries to zhang_san`,
      `grant select, update on "people""s" to "o'brien"`,
    ],
  },
  {
    database: '仓库',
    statements: [`create table "货物" ("名称" text)`, `grant select ("名称") on "货物" to app_read`],
  },
];

/**
 * Changes between two runs of the demonstration: one account gains a right, one loses one, one comes and one goes.
 */
export const populationChanges: readonly PopulationPart[] = [
  {
    database: null,
    statements: [
      `create role newcomer login createrole`,
      `revoke app_read from "50%_off"`,
      `drop role nobody_in_it`,
      `alter role pgbouncer rename to pooler`,
      `alter role batch connection limit 5`,
    ],
  },
  {
    database: 'shop',
    statements: [
      `revoke insert on sales.orders from app_write`,
      `grant select on sales.orders to newcomer with grant option`,
    ],
  },
];
