import { defineEntity, p } from '@mikro-orm/postgresql';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';
import type { CorrectableRow } from '../../domain/provisioning/intake/correct-row.ts';
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

/**
 * One person of a request. Its status is derived from tasks and accounts (domain/provisioning/item-state.ts). Its
 * methods are the correction of one row; intake and settling change many by statements.
 */
export class RequestItem extends RequestItemSchema.class {
  /** Its values, as far as they can be corrected. */
  get row(): CorrectableRow {
    const { employeeName, departmentCode, phoneNumber, partnerCompany, country } = this;
    return { employeeName, departmentCode, phoneNumber, partnerCompany: partnerCompany ?? null, country };
  }

  /** Why no correction helps it (parameters of INVALID_STATE): neither it nor a task of it failed. */
  refuseCorrection(hasFailedTask: boolean): ErrorParameters | null {
    const helps = this.status === 'FAILED' || (this.status === 'TASK_CREATED' && hasFailedTask);
    if (helps && this.person?.erasedAt == null) return null;
    const { employeeNumber, status } = this;
    return { variant: 'ITEM', kind: 'item', id: this.request.requestId, employeeNumber, status };
  }

  /** Takes the corrected values; its request is wanted again. */
  correct(row: CorrectableRow, at: Date): void {
    this.employeeName = row.employeeName;
    this.departmentCode = row.departmentCode;
    this.phoneNumber = row.phoneNumber;
    this.partnerCompany = row.partnerCompany;
    this.country = row.country;
    this.updatedAt = at;
    this.request.uncancel();
  }

  /** Goes through intake again. */
  reopen(): void {
    this.status = 'PENDING';
    this.settledCount = 0;
    this.errorCode = null;
    this.errorParameters = null;
  }
}
RequestItemSchema.setClass(RequestItem);
