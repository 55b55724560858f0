import { allErrors } from '../../../domain/catalogue/all-errors.ts';
import { renderError } from '../../../domain/errors/render-error.ts';
import { displayItemStatus } from '../../../domain/provisioning/states/status-display.ts';
import { maskName, maskPhone } from '../../../domain/text/mask.ts';
import { updateRequestItem } from '../../../jobs/provisioning/corrections/update-request-item.ts';
import { Advice, adviceFor } from '../../building/advice.ts';
import { localeArgument } from '../../building/arguments.ts';
import { builder } from '../../building/builder.ts';
import { addMutation, rowAfterwards } from '../../building/mutation.ts';
import { addNode } from '../../building/node.ts';
import { storedErrorType } from '../../building/stored-error.ts';
import { notFound } from '../../context/errors.ts';
import { operationContext } from '../../context/operation.ts';
import { explanationText } from '../../context/words.ts';
import { needs, personal } from '../../permissions/rules.ts';
import { askedColumns, reading } from '../../reading/asked-columns.ts';
import { encodeGlobalId } from '../../reading/global-id.ts';
import { canBeStored } from '../../reading/text-filter.ts';
import { explainItemRow } from '../explain/explanations.ts';
import { factsInText, factsOfItem } from '../explain/facts.ts';
import { itemById, personById, requestById, tasksByItem } from '../rows/row-loaders.ts';
import { AccountRequest, AccountRequestItem, AccountTask, Person } from '../rows/rows.ts';
import { seesRequest } from '../rows/sees.ts';
import { ItemStatusEnum } from '../rows/states.ts';
import { errorOfItem } from '../rows/stored-errors.ts';

const ItemError = storedErrorType('ItemError', 'Why an item failed.');

AccountRequestItem.implement({
  description: 'One person of a request.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({
      description: 'Unique over all types; for `node`.',
      resolve: reading(['id'], (item) => encodeGlobalId('AccountRequestItem', item.id)),
    }),
    request: t.field({
      type: AccountRequest,
      description: 'The request it belongs to.',
      resolve: reading(['id', 'request_id'], async (item, _args, scope) => {
        const request = await requestById(scope).load(item.request_id);
        if (request === null) throw new Error(`Request ${item.request_id} of item ${item.id} is gone.`);
        return request;
      }),
    }),
    position: t.exposeInt('position', { description: 'Index in the userList that was sent, from 0.' }),
    employeeNumber: t.exposeString('employee_number', { description: 'As sent, in its normal form.' }),
    employeeName: t.string({
      ...personal('employee_name', maskName),
      description: 'As sent, in its normal form.',
    }),
    departmentCode: t.exposeString('department_code', { description: 'As sent.' }),
    phoneNumber: t.string({
      ...personal('phone_number', maskPhone),
      description: 'As sent, in its normal form.',
    }),
    partnerCompany: t.exposeString('partner_company', { nullable: true, description: 'As sent.' }),
    country: t.exposeString('country', { description: 'As sent.' }),
    status: t.expose('status', { type: ItemStatusEnum, description: 'Derived from tasks and accounts.' }),
    statusDisplay: t.string({
      description: 'The status as people read it.',
      args: localeArgument,
      resolve: reading(['status'], (item, { locale }, scope) =>
        displayItemStatus(item.status, locale ?? scope.locale),
      ),
    }),
    explanation: t.string({
      nullable: true,
      description: 'Why it is not completed, and what would help; null when completed.',
      args: localeArgument,
      resolve: async (item, { locale }, scope) =>
        explanationText(scope, await explainItemRow(scope, item), {
          locale,
          facts: await factsInText(scope, () => factsOfItem(scope, item)),
        }),
    }),
    advice: t.field({
      type: [Advice],
      description: 'What to do about it, in three forms; empty when nothing has to be done.',
      args: localeArgument,
      resolve: async (item, { locale }, scope) => {
        const [lead] = await explainItemRow(scope, item);
        return adviceFor(lead, await factsOfItem(scope, item), locale ?? scope.locale);
      },
    }),
    person: t.field({
      type: Person,
      nullable: true,
      description: 'The person, once stored.',
      resolve: reading(['person_id'], (item, _args, scope, info) =>
        item.person_id === null ? null : personById(scope, askedColumns(info, 'Person')).load(item.person_id),
      ),
    }),
    tasks: t.field({
      type: [AccountTask],
      description: 'The tasks it waits for, oldest first; a task may serve several requests.',
      resolve: reading(['id'], (item, _args, scope, info) =>
        tasksByItem(scope, askedColumns(info, 'AccountTask')).load(item.id),
      ),
    }),
    error: t.field({
      type: ItemError,
      nullable: true,
      description: 'Why it failed; null unless FAILED.',
      resolve: reading(['employee_number', 'error_code', 'error_parameters'], errorOfItem),
    }),
    errorMessage: t.string({
      nullable: true,
      description:
        'The text of `error` in the default language of the service, for every caller; for portals that show one text as it is.',
      resolve: reading(['employee_number', 'error_code', 'error_parameters'], (item, _args, { services }) => {
        const error = errorOfItem(item);
        return error === null ? null : renderError(allErrors, error, services.defaultLocale);
      }),
    }),
    createdAt: t.expose('created_at', { type: 'DateTime', description: 'When it was accepted.' }),
    updatedAt: t.expose('updated_at', { type: 'DateTime', description: 'When its state last changed.' }),
  }),
});

addNode('AccountRequestItem', { rule: ['requests:read'], loader: itemById });

addMutation('updateRequestItem', {
  rule: needs('requests:write', 'operate'),
  description:
    "Corrects a failed item and queues its failed tasks again, in a new round. The person is corrected with it, but what HR says of a person is HR's (OWNED_BY_HR). What did not fail is INVALID_STATE.",
  about:
    'Corrected values of one person of a request, named by position or employeeNumber; absent fields stay as they are.',
  input: (t) => ({
    requestId: t.string({ required: true, description: 'Public id, `req_…`.' }),
    position: t.int({ description: 'Index in the userList that was sent, from 0.' }),
    employeeNumber: t.string({ description: 'Of the person, without regard to case.' }),
    employeeName: t.string({
      description: 'At most 100 characters. Logins and addresses stay as they were chosen.',
    }),
    departmentCode: t.string({ description: "HR's code, at most 50 characters." }),
    phoneNumber: t.string({ description: 'At most 40 characters with 5 to 25 digits.' }),
    partnerCompany: t.string({ description: 'At most 100 characters; null takes it away.' }),
    country: t.string({ description: 'Name or two-letter code, at most 50 characters.' }),
  }),
  run: async ({ requestId, position, employeeNumber, ...correction }, scope) => {
    if (!canBeStored(employeeNumber ?? ''))
      return { ...notFound('item', employeeNumber ?? '', 'employeeNumber'), requeuedTasks: 0 };
    if (!(await seesRequest(scope, requestId)))
      return { ...notFound('request', requestId, 'requestId'), requeuedTasks: 0 };
    return updateRequestItem(operationContext(scope), {
      requestId,
      position: position ?? null,
      employeeNumber: employeeNumber ?? null,
      correction,
    });
  },
  payload: (t) => ({
    item: t.field(rowAfterwards(AccountRequestItem, itemById, 'The item as it is now; null when unknown.')),
    requeuedTasks: t.exposeInt('requeuedTasks', { description: 'How many tasks were queued again.' }),
  }),
});
