import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { byPageSize, localeArgument, pageArguments } from '../building/arguments.ts';
import { builder } from '../building/builder.ts';
import { personType } from '../people/person-join.ts';
import { needs } from '../permissions/rules.ts';
import { type ConnectionOf, PAGE_MAX, parsePage } from '../reading/connection.ts';
import { type Listing, readListing } from '../reading/listing.ts';

/** A person who HR says is gone. */
interface LeaverRow {
  /** Primary key of the person. */
  readonly id: string;
  readonly employee_status: string;
  readonly left_at: string | null;
}

/**
 * A person who HR says is gone and who still has something somewhere. Each area adds its part by a field of its own
 * (`builder.objectField(LeaverFinding, …)`), and says by a holding who has such a thing.
 */
export const LeaverFinding = builder.objectRef<LeaverRow>('LeaverFinding');

const holdings: RawBuilder<SqlBool>[] = [];

/** Says who still has something of an area: a condition on the person `p`. */
export function addLeaverHolding(condition: RawBuilder<SqlBool> | RawBuilder<unknown>): void {
  holdings.push(sql<SqlBool>`${condition}`);
}

LeaverFinding.implement({
  description: 'Someone HR says is gone, who still has something somewhere.',
  fields: (t) => ({
    person: t.field({
      type: personType().ref,
      description: 'Who.',
      resolve: async ({ id }, _args, scope) => {
        const person = await personType().byId(scope).load(id);
        if (person === null) throw new Error(`Person ${id} is gone.`);
        return person;
      },
    }),
    since: t.field({
      type: 'DateTime',
      nullable: true,
      description: "The day they left, where HR's record has one.",
      resolve: ({ left_at }) => left_at,
    }),
    reason: t.string({
      description: 'Why they count as gone.',
      args: localeArgument,
      resolve: ({ employee_status: status }, { locale }, scope) =>
        (locale ?? scope.locale) === 'ZH_CN'
          ? `人事系统中的员工状态为 ${status}，不在 valid_employee_statuses 之列`
          : `HR has them with the employee status ${status}, which is none of valid_employee_statuses`,
    }),
  }),
});

const leaverListing: Listing<LeaverRow> = {
  list: 'leaverFindings',
  select: sql`
    select p.id, p.employee_status, (p.disable_date::timestamp at time zone 'UTC')::timestamptz as left_at from person p`,
  key: 'p.id',
  keyColumn: 'id',
  order: 'asc',
  keyOf: ({ id }) => id,
};

const LeaverFindingConnection = builder.connectionObject(
  {
    type: LeaverFinding,
    name: 'LeaverFindingConnection',
    description: 'A page of leavers who still have something.',
  },
  { name: 'LeaverFindingEdge', description: 'A finding and its cursor.' },
);

builder.queryField('leaverFindings', (t) =>
  t.field({
    ...needs('operate', 'databases:read'),
    type: LeaverFindingConnection,
    description: 'People who are gone by HR and still have an account, a calendar or a login of a database.',
    args: pageArguments,
    complexity: byPageSize,
    resolve: (_root, args, scope): Promise<ConnectionOf<LeaverRow>> => {
      const valid = scope.services.settings.get('valid_employee_statuses');
      return readListing(scope, leaverListing, {
        page: parsePage(args, { list: leaverListing.list, max: PAGE_MAX }),
        conditions: [
          sql`p.source = 'HR' and p.erased_at is null and p.employee_status <> all(${[...valid]}::text[])`,
          holdings.length === 0 ? sql`false` : sql`(${sql.join(holdings, sql` or `)})`,
        ],
      });
    },
  }),
);
