import { sql } from 'kysely';
import { findForbiddenCharacter, normaliseText } from '../../../domain/text/text.ts';
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
  return inTransaction(context.em, async (tx) => {
    const refusal = await findRefusal(tx, context, id);
    if (refusal !== null)
      return [operationError(refusal.code, { path: ['personType'], parameters: refusal.parameters })];
    await sql`delete from person_type_mapping where person_type = ${id}`.execute(tx);
    return [];
  });
}

async function findRefusal(
  tx: Sql,
  { settings }: OperationContext,
  id: string,
): Promise<Pick<OperationError, 'code' | 'parameters'> | null> {
  const unknown = {
    code: 'NOT_FOUND',
    parameters: { kind: 'PersonTypeMapping', id: id.replaceAll('\0', '').slice(0, 100) },
  };
  // A text that no column can hold must not reach a statement.
  if (findForbiddenCharacter(id) !== null) return unknown;
  const { rows } = await sql<{ aliases: string[] }>`
    select aliases from person_type_mapping where person_type = ${id} for update`.execute(tx);
  const [found] = rows;
  if (found === undefined) return unknown;
  if (settings.get('default_person_type') === id)
    return { code: 'IN_USE', parameters: { variant: 'DEFAULT_PERSON_TYPE', id } };
  const { rows: counted } = await sql<{ count: number }>`
    select count(*)::int as count from person where person_type = any(${[id, ...found.aliases]}::text[])`.execute(
    tx,
  );
  const count = counted[0]?.count ?? 0;
  return count === 0 ? null : { code: 'IN_USE', parameters: { variant: 'PERSON_TYPE', id, count } };
}
