import type { GraphQLError, GraphQLResolveInfo, GraphQLSchema } from 'graphql';
import type { RequestScope } from '../context/context.ts';
import { apiError } from '../context/errors.ts';
import { isForSightOfAll, ruleOf } from './rules.ts';
import { permitted } from './viewer.ts';

type PlaceOfField = Pick<GraphQLResolveInfo, 'parentType' | 'fieldName'>;

/**
 * Why the viewer may not use a field such as `Query.tasks`, decided and worded as in GraphQL; null: they may. For
 * what reads for the caller without an operation.
 */
export function refusalOfField(
  scope: RequestScope,
  schema: GraphQLSchema,
  place: string,
): GraphQLError | null {
  const [type, fieldName = ''] = place.split('.');
  const parentType = type === 'Mutation' ? schema.getMutationType() : schema.getQueryType();
  const field = parentType?.getFields()[fieldName];
  const rule = field === undefined ? null : ruleOf(field);
  if (parentType == null || field === undefined || rule === null) throw new Error(`${place} has no rule.`);
  const allowed = rule === 'signed in' ? scope.viewer !== null : permitted(scope.viewer, rule);
  const sees = !isForSightOfAll(field) || scope.viewer?.sees.kind === 'everything';
  return allowed && sees ? null : refusal(scope, { parentType, fieldName });
}

/** The error for a field without permission: to sign in, or which scope the key lacks. */
export function refusal({ viewer, locale }: RequestScope, info: PlaceOfField): GraphQLError {
  const english = locale === 'EN';
  if (viewer === null) {
    return apiError('UNAUTHENTICATED', english ? 'Sign in: send an API key.' : '请先登录：请发送 API 密钥。');
  }
  const field = info.parentType.getFields()[info.fieldName];
  const rule = field === undefined ? null : ruleOf(field);
  const scopes = rule === null || rule === 'signed in' ? ['admin'] : rule;
  const place = `${info.parentType.name}.${info.fieldName}`;
  if (field !== undefined && rule !== null && isForSightOfAll(field) && permitted(viewer, rule)) {
    return apiError(
      'FORBIDDEN',
      english
        ? `Your key is bound to origin systems, and ${place} shows more than theirs. Ask an administrator for a key that is not bound.`
        : `您的密钥只限于某些来源系统，而 ${place} 会显示其他系统的内容。请向管理员申请不受限的密钥。`,
    );
  }
  const has = [...viewer.scopes].toSorted().join(english ? ', ' : '、') || (english ? 'none' : '无');
  if (viewer.principal.startsWith('oidc:')) {
    return apiError(
      'FORBIDDEN',
      english
        ? `Your token does not permit ${place}: it needs the scope ${scopes.join(' or ')}, and the token gives ${has}. The issuer, or the operator by the Settings oidc_scope_claims and oidc_group_scopes, gives it.`
        : `您的令牌无权使用 ${place}：需要权限 ${scopes.join(' 或 ')}，令牌给出的是：${has}。请由签发者授予，或请管理员通过设置 oidc_scope_claims、oidc_group_scopes 授予。`,
      { requiredScopes: scopes },
    );
  }
  return apiError(
    'FORBIDDEN',
    english
      ? `Your key does not permit ${place}: it needs the scope ${scopes.join(' or ')}. Ask an administrator for a key that has it.`
      : `您的密钥无权使用 ${place}：需要权限 ${scopes.join(' 或 ')}。请向管理员申请有此权限的密钥。`,
    { requiredScopes: scopes },
  );
}
