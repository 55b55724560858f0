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
 * What one operation works with: its own fork of the identity map, so that nothing leaks between callers. Forked when
 * first asked for: what only reads has no use for it.
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
 * The scope of one event of a subscription: the same caller, a fresh identity map, or the second event would show
 * the rows as the first one saw them. A new object also makes caches that hang on the scope start empty.
 */
export function forkRequestScope(scope: RequestScope): RequestScope {
  return createRequestScope(scope);
}
