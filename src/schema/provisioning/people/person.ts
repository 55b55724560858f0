import { transliterate } from '../../../domain/provisioning/names/transliterate.ts';
import { maskName, maskPhone } from '../../../domain/text/mask.ts';
import type { PersonDepartment as PersonDepartmentShape } from '../../../entities/people/person.ts';
import { acceptNames } from '../../../jobs/provisioning/corrections/accept-names.ts';
import { setPersonIdentifiers } from '../../../jobs/provisioning/corrections/set-person-identifiers.ts';
import { byPageSize, pageArguments } from '../../building/arguments.ts';
import { builder } from '../../building/builder.ts';
import { addMutation, rowAfterwards } from '../../building/mutation.ts';
import { addNode } from '../../building/node.ts';
import { notFound } from '../../context/errors.ts';
import { operationContext } from '../../context/operation.ts';
import { needs, needsSightOfAll, personal } from '../../permissions/rules.ts';
import { askedColumns, reading } from '../../reading/asked-columns.ts';
import { PAGE_MAX, parsePage } from '../../reading/connection.ts';
import { encodeGlobalId } from '../../reading/global-id.ts';
import { canBeStored } from '../../reading/text-filter.ts';
import { ItemConnection, itemsOfPerson } from '../requests/items-of-request.ts';
import { accountsByPerson, findPerson, mappingByDepartment, personById } from '../rows/row-loaders.ts';
import type { PersonRow } from '../rows/rows.ts';
import { Account, DepartmentMapping, Person } from '../rows/rows.ts';
import { PersonSourceEnum } from '../rows/states.ts';
import { TaskConnection, tasksOfPerson } from '../tasks/task-listing.ts';

Person.implement({
  description: 'Someone HR or a request told us about; identified by employee number.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({
      description: 'Unique over all types; for `node`.',
      resolve: reading(['id'], (person) => encodeGlobalId('Person', person.id)),
    }),
    employeeNumber: t.exposeString('employee_number', { description: 'Unique without regard to case.' }),
    hrPersonId: t.exposeString('hr_person_id', {
      nullable: true,
      description: "HR's own id; null for people HR does not know.",
    }),
    fullName: t.string({
      ...personal('full_name', maskName),
      description: "HR's, else the request's.",
    }),
    englishName: t.string({
      ...personal('english_name', maskName),
      nullable: true,
      description: "HR's, where it has one.",
    }),
    pinyinName: t.string({
      ...personal(pinyinOf, maskName),
      nullable: true,
      description:
        'The name in Latin letters as logins and addresses are made of it where no Setting (pinyin_umlaut, name_notes_left_off) says otherwise; null when it cannot be read.',
    }),
    personType: t.exposeString('person_type', { description: 'As HR or the request gave it.' }),
    employeeStatus: t.exposeString('employee_status', { description: 'As HR or the request gave it.' }),
    emailAddress: t.string({
      nullable: true,
      description: "HR's address, else the one reserved for this person; null until then.",
      resolve: reading(
        ['email_address', 'reserved_email_address'],
        (person) => person.email_address ?? person.reserved_email_address,
      ),
    }),
    username: t.string({
      nullable: true,
      description: "HR's directory login, else the one reserved for this person; null until then.",
      resolve: reading(
        ['employee_account', 'reserved_username'],
        (person) => person.employee_account ?? person.reserved_username,
      ),
    }),
    phoneNumber: t.string({
      ...personal('telephone_number1', maskPhone),
      nullable: true,
      description: 'The first telephone number.',
    }),
    departmentCode: t.string({
      nullable: true,
      description: "The first department, in HR's code.",
      resolve: reading(['departments'], (person) => person.departments[0]?.department_code ?? null),
    }),
    departments: t.expose('departments', {
      type: [PersonDepartment],
      description: 'Every department, the first first; accounts are made in the first that is mapped.',
    }),
    hireDate: t.exposeString('original_hire_date', {
      nullable: true,
      description: "HR's, as `2026-11-22`.",
    }),
    disableDate: t.exposeString('disable_date', {
      nullable: true,
      description: 'The last day according to HR, as `2026-11-22`.',
    }),
    source: t.expose('source', { type: PersonSourceEnum, description: 'Who told us about this person.' }),
    accounts: t.field({
      type: [Account],
      description: 'Accounts, planned ones included; at most one per system.',
      resolve: reading(['id'], (person, _args, scope) => accountsByPerson(scope).load(person.id)),
    }),
    tasks: t.field({
      type: TaskConnection,
      description: 'Tasks of this person, newest first.',
      args: pageArguments,
      complexity: byPageSize,
      resolve: reading(['id'], (person, args, scope, info) => {
        const page = parsePage(args, { list: 'personTasks', max: PAGE_MAX });
        const columns = askedColumns(info, 'AccountTask');
        return tasksOfPerson(scope, person.id, { page, conditions: [], filterKey: '', columns });
      }),
    }),
    requestItems: t.field({
      type: ItemConnection,
      description: 'Appearances of this person in requests, newest first.',
      args: pageArguments,
      complexity: byPageSize,
      resolve: reading(['id'], (person, args, scope, info) => {
        const page = parsePage(args, { list: 'requestItems', max: PAGE_MAX });
        const columns = askedColumns(info, 'AccountRequestItem');
        return itemsOfPerson(scope, person.id, { page, conditions: [], filterKey: '', columns });
      }),
    }),
    createdAt: t.expose('created_at', { type: 'DateTime', description: 'When we first heard of them.' }),
    updatedAt: t.expose('updated_at', {
      type: 'DateTime',
      description: 'When their data last changed here.',
    }),
    hrUpdatedAt: t.expose('hr_updated_at', {
      type: 'DateTime',
      nullable: true,
      description: 'When HR last changed them.',
    }),
  }),
});

addNode('Person', { rule: ['people:read'], loader: personById });
export const PersonDepartment = builder.objectRef<PersonDepartmentShape>('PersonDepartment').implement({
  description: 'A department of a person, as HR or a request gave it.',
  fields: (t) => ({
    departmentCode: t.exposeString('department_code', { description: "HR's code." }),
    partnerCompany: t.exposeString('partner_company', {
      nullable: true,
      description: 'The company the person comes from.',
    }),
    country: t.exposeString('country', { nullable: true, description: 'As it was given.' }),
    mapping: t.field({
      ...needs('operate'),
      type: DepartmentMapping,
      nullable: true,
      description: 'What the department is called at the other systems; null when it is not mapped.',
      resolve: ({ department_code }, _args, scope) => mappingByDepartment(scope).load(department_code),
    }),
  }),
});

builder.queryField('person', (t) =>
  t.field({
    ...needs('people:read'),
    type: Person,
    nullable: true,
    description: 'One person; null when unknown.',
    args: {
      employeeNumber: t.arg.string({ required: true, description: 'Without regard to case.' }),
    },
    resolve: (_root, { employeeNumber }, scope) => findPerson(scope, employeeNumber),
  }),
);

function pinyinOf({ full_name, person_pinyin_name }: PersonRow): string | null {
  const name = transliterate(full_name, person_pinyin_name);
  return name.kind === 'pinyin' ? name.full : null;
}

addMutation('setPersonIdentifiers', {
  rule: needsSightOfAll('operate'),
  description:
    'Gives a person another login or address before an account exists. The former names stay reserved for the person. IDENTIFIER_TAKEN when another person has, or had, the name; INVALID_STATE once an account exists or may exist.',
  about: 'What a person is to be called; what is absent stays, or is chosen as for everybody.',
  input: (t) => ({
    employeeNumber: t.string({ required: true, description: 'Without regard to case.' }),
    username: t.string({
      description: 'Directory login: 1 to 20 ASCII letters, digits, `-`, `_`, `.`; no dot at the end.',
    }),
    emailLocalPart: t.string({
      description:
        'What stands before the `@`: 1 to 64 of `a-z 0-9 - _ .`; the domain follows from the type.',
    }),
  }),
  run: async ({ employeeNumber, username, emailLocalPart }, scope) => {
    if (!canBeStored(employeeNumber))
      return { ...notFound('person', employeeNumber, 'employeeNumber'), requeuedTasks: 0 };
    const { person, ...outcome } = await setPersonIdentifiers(operationContext(scope), {
      employeeNumber,
      username: username ?? null,
      emailLocalPart: emailLocalPart ?? null,
    });
    return { ...outcome, id: person };
  },
  payload: (t) => ({
    person: t.field(rowAfterwards(Person, personById, 'The person as they are now; null when unknown.')),
    requeuedTasks: t.exposeInt('requeuedTasks', {
      description: 'How many tasks were queued again that had failed for the names.',
    }),
  }),
});

addMutation('acceptNames', {
  rule: needsSightOfAll('operate'),
  description:
    'Says that names which hardly are any (`NAME_DOUBTFUL`) are names; what was held for them runs. Should HR or a request bring another name, it is judged anew.',
  about: 'Whose names are accepted.',
  input: (t) => ({
    employeeNumbers: t.stringList({ required: true, description: 'Without regard to case; at most 1,000.' }),
  }),
  run: ({ employeeNumbers }, scope) =>
    acceptNames(operationContext(scope), employeeNumbers.filter(canBeStored)),
  payload: (t) => ({
    accepted: t.exposeStringList('accepted', { description: 'Employee numbers of those who were found.' }),
    requeuedTasks: t.exposeInt('requeuedTasks', { description: 'How many tasks were queued again.' }),
  }),
});
