import type { EntityManager } from '@mikro-orm/postgresql';
import { AccountRequest } from '../../../entities/provisioning/account-request.ts';
import type { Sql } from '../../../entities/tables.ts';
import { type OperationError, operationError } from '../../kit/operation.ts';
import { lockAffected } from '../tasks/derive-states.ts';
import { lockIntake } from './intake-lock.ts';

export interface LockedRequest {
  readonly request: AccountRequest;
  /** Those of its people that are locked with it. */
  readonly personIds: readonly string[];
}

/**
 * Finds a request by its public id and locks it with the people that `peopleOf` chooses (by its primary key); null
 * when there is none.
 */
export async function lockRequest(
  { tx, em }: { readonly tx: Sql; readonly em: EntityManager },
  requestId: string,
  peopleOf: (tx: Sql, id: string) => Promise<readonly string[]>,
): Promise<LockedRequest | null> {
  const found = await tx
    .selectFrom('account_request')
    .select('id')
    .where('request_id', '=', requestId)
    .executeTakeFirst();
  if (found === undefined) return null;
  await lockIntake(tx);
  const personIds = await peopleOf(tx, found.id);
  await lockAffected(tx, personIds, [found.id]);
  return { request: await em.findOneOrFail(AccountRequest, found.id), personIds };
}

/** The error for an id that no request has. */
export function requestNotFound(requestId: string): OperationError {
  const parameters = { kind: 'request', id: requestId };
  return operationError('NOT_FOUND', { path: ['requestId'], parameters });
}
