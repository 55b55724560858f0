import type { EntityManager } from '@mikro-orm/postgresql';
import type { Locale } from '../../domain/errors/error-entry.ts';
import type { AdviceForm } from '../../domain/explanations/actions.ts';
import type { RequestScope, SchemaServices, Viewer } from '../../schema/context/context.ts';

export interface RequestScopeOptions {
  readonly services: SchemaServices;
  readonly viewer: Viewer | null;
  readonly locale: Locale;
  readonly form?: AdviceForm | undefined;
  readonly correlationId: string;
}

/**
 * Creates the scope of one operation, with its own fork of the entity manager, so that nothing leaks between callers.
 * It is forked on first use, because most queries do not need it.
 */
export function createRequestScope(options: RequestScopeOptions): RequestScope {
  const { services, viewer, locale, form, correlationId } = options;
  let em: EntityManager | null = null;
  return {
    services,
    viewer,
    locale,
    form,
    correlationId,
    get em() {
      em ??= services.em.fork();
      return em;
    },
  };
}

/**
 * Creates the scope of one event of a subscription: the same caller, a fresh fork and empty caches, so that each
 * event shows the rows as they are now.
 */
export function forkRequestScope(scope: RequestScope): RequestScope {
  return createRequestScope(scope);
}
