import { defineEntity, p } from '@mikro-orm/postgresql';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';
import { itemStatuses } from '../../domain/provisioning/states/states.ts';
import { Person } from '../people/person.ts';
import { AccountRequest } from './account-request.ts';

export const RequestItemSchema = defineEntity({
  name: 'RequestItem',
  tableName: 'request_item',
  properties: {
    id: p.bigint('string').primary(),
    request: () => p.manyToOne(AccountRequest),
    /** Index in the userList that was sent. */
    position: p.integer(),
    employeeNumber: p.string(),
    employeeName: p.string(),
    departmentCode: p.string(),
    phoneNumber: p.string(),
    partnerCompany: p.string().nullable(),
    country: p.string(),
    status: p.enum(itemStatuses),
    person: () => p.manyToOne(Person).nullable(),
    /** How many of the wanted accounts are active or failed for good; what progress is made of. */
    settledCount: p.integer(),
    errorCode: p.string().nullable(),
    errorParameters: p.json<ErrorParameters>().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

/** One person of a request. Its status is derived from tasks and accounts (domain/provisioning/item-state.ts). */
export class RequestItem extends RequestItemSchema.class {}
RequestItemSchema.setClass(RequestItem);
