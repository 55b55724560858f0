import { sql } from 'kysely';
import { maskName, maskPhone } from '../../domain/provisioning/mask.ts';
import { normaliseCompatibleText } from '../../domain/provisioning/text.ts';
import { needs, personal } from '../access/rules.ts';
import { PAGE_MAX, parsePage } from '../connection.ts';
import { encodeGlobalId } from '../global-id.ts';
import { sqlOf } from '../loaders.ts';
import type { SchemaParts } from '../parts.ts';
import { canBeStored } from '../text-filter.ts';
import { itemsOfPerson } from './items-of-request.ts';
import { accountsByPerson } from './row-loaders.ts';
import { type PersonRow, selectPeople } from './rows.ts';
import { tasksOfPerson } from './task-listing.ts';

/** The type `Person` and the query `person`. */
export function addPerson({ builder, enums, connections, arguments: shared }: SchemaParts): void {
  builder.objectType('Person', {
    description: 'Someone HR or a request told us about; identified by employee number.',
    interfaces: [builder.nodeInterfaceRef()],
    fields: (t) => ({
      id: t.id({
        description: 'Unique over all types; for `node`.',
        resolve: (person) => encodeGlobalId('Person', person.id),
      }),
      employeeNumber: t.exposeString('employee_number', { description: 'Unique without regard to case.' }),
      fullName: t.string({
        ...personal((person: PersonRow) => person.full_name, maskName),
        description: "HR's, else the request's.",
      }),
      personType: t.exposeString('person_type', { description: 'As HR or the request gave it.' }),
      employeeStatus: t.exposeString('employee_status', { description: 'As HR or the request gave it.' }),
      emailAddress: t.string({
        nullable: true,
        description: "HR's address, else the one reserved for this person; null until then.",
        resolve: (person) => person.email_address ?? person.reserved_email_address,
      }),
      phoneNumber: t.string({
        ...personal((person: PersonRow) => person.telephone_number1, maskPhone),
        nullable: true,
        description: 'The first telephone number.',
      }),
      departmentCode: t.string({
        nullable: true,
        description: "The first department, in HR's code.",
        resolve: (person) => person.departments[0]?.department_code ?? null,
      }),
      source: t.field({
        type: enums.personSource,
        description: 'Who told us about this person.',
        resolve: (person) => person.source,
      }),
      accounts: t.field({
        type: ['Account'],
        description: 'Accounts, planned ones included; at most one per system.',
        resolve: (person, _args, scope) => accountsByPerson(scope).load(person.id),
      }),
      tasks: t.field({
        type: connections.tasks,
        description: 'Tasks of this person, newest first.',
        args: shared.page,
        complexity: ({ first, last }) => ({ field: 1, multiplier: first ?? last ?? 1 }),
        resolve: (person, args, scope) => {
          const page = parsePage(args, { list: 'personTasks', max: PAGE_MAX });
          return tasksOfPerson(scope, person.id, { page, conditions: [], filterKey: '' });
        },
      }),
      requestItems: t.field({
        type: connections.items,
        description: 'Appearances of this person in requests, newest first.',
        args: shared.page,
        complexity: ({ first, last }) => ({ field: 1, multiplier: first ?? last ?? 1 }),
        resolve: (person, args, scope) => {
          const page = parsePage(args, { list: 'requestItems', max: PAGE_MAX });
          return itemsOfPerson(scope, person.id, { page, conditions: [], filterKey: '' });
        },
      }),
    }),
  });

  builder.queryField('person', (t) =>
    t.field({
      ...needs('people:read'),
      type: 'Person',
      nullable: true,
      description: 'One person; null when unknown.',
      args: {
        employeeNumber: t.arg.string({ required: true, description: 'Without regard to case.' }),
      },
      resolve: async (_root, { employeeNumber }, scope) => {
        if (!canBeStored(employeeNumber)) return null;
        const { rows } = await sql<PersonRow>`
          ${selectPeople} where lower(p.employee_number) = lower(${normaliseCompatibleText(employeeNumber)})`.execute(
          sqlOf(scope),
        );
        return rows[0] ?? null;
      },
    }),
  );
}
