import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { findForbiddenCharacter, normaliseText } from '../../../domain/text/text.ts';
import { PersonTypeMapping } from '../../../entities/provisioning/person-type-mapping.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import { type OperationContext, type OperationError, operationError } from '../../kit/operation.ts';

/**
 * Deletes a person type mapping that is not in use; the errors say why it was not deleted. In use means that a person
 * has it, by its code or an alias, whether or not a task is open: the next task would fail or take the default type.
 */
export function deletePersonTypeMapping(
  context: OperationContext,
  input: { readonly personType: string },
): Promise<OperationError[]> {
  const id = normaliseText(input.personType);
  return inTransaction(context.em, async (tx, em) => {
    // A text that no column can hold must not reach a statement.
    const mapping = findForbiddenCharacter(id) === null ? await lock(em, id) : null;
    const refusal =
      mapping === null
        ? unknown(id)
        : await findUse(tx, { mapping, defaultType: context.settings.get('default_person_type') });
    if (refusal !== null) return [refusal];
    if (mapping !== null) em.remove(mapping);
    return [];
  });
}

function lock(em: EntityManager, personType: string): Promise<PersonTypeMapping | null> {
  return em.findOne(PersonTypeMapping, { personType }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

function unknown(id: string): OperationError {
  const parameters = { kind: 'PersonTypeMapping', id: id.replaceAll('\0', '').slice(0, 100) };
  return operationError('NOT_FOUND', { path: ['personType'], parameters });
}

async function findUse(
  tx: Sql,
  { mapping, defaultType }: { readonly mapping: PersonTypeMapping; readonly defaultType: string },
): Promise<OperationError | null> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from person where person_type = any(${mapping.names}::text[])`.execute(tx);
  const parameters = mapping.refuseDeletion({ defaultType, people: rows[0]?.count ?? 0 });
  return parameters === null ? null : operationError('IN_USE', { path: ['personType'], parameters });
}
