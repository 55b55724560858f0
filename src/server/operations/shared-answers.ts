import { createHash } from 'node:crypto';
import type { DocumentNode, ExecutionResult } from 'graphql';
import { accessKey } from '../../domain/access/visibility.ts';
import type { RequestScope } from '../../schema/context/context.ts';

/**
 * How long an answer is shared: subscribers that take the event later execute it again, because other data may have
 * changed.
 */
const SHARED_MS = 250;

interface SharedAnswer {
  readonly atMs: number;
  readonly answer: Promise<ExecutionResult>;
}

/** One execution of an event for all subscribers who get the same answer to it. */
export class SharedAnswers {
  readonly #answers = new WeakMap<object, Map<string, SharedAnswer>>();

  /**
   * Executes, or shares the execution of, one event. `key`: which subscriptions get the same answer (`answerKey`);
   * null: not shared. Events are compared by identity.
   */
  answer(
    event: unknown,
    key: string | null,
    execute: () => Promise<ExecutionResult>,
  ): Promise<ExecutionResult> {
    if (key === null || typeof event !== 'object' || event === null) return execute();
    const ofEvent = this.#answers.get(event) ?? new Map<string, SharedAnswer>();
    this.#answers.set(event, ofEvent);
    const nowMs = performance.now();
    const known = ofEvent.get(key);
    if (known !== undefined && nowMs - known.atMs < SHARED_MS) return known.answer;
    const answer = execute();
    ofEvent.set(key, { atMs: nowMs, answer });
    return answer;
  }
}

/**
 * A key that is equal for subscriptions with the same answer to an event: same document, variables, language and
 * rights. A hash, because documents are long and subscriptions many. Null: the caller is not signed in.
 */
export function answerKey(operation: {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly scope: RequestScope;
}): string | null {
  const { document, operationName, variables, scope } = operation;
  const source = document.loc?.source.body;
  if (scope.viewer === null || source === undefined) return null;
  const parts = [source, operationName ?? null, variables, accessKey(scope.viewer), scope.locale, scope.form];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}
