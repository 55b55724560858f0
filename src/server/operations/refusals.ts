import { GraphQLError } from 'graphql';
import type { Locale } from '../../domain/errors/error-entry.ts';
import type { LocalText } from '../authentication/authentication.ts';

/** `Retry-After` of an overloaded server. */
export const OVERLOADED_SECONDS = 1;

/** `Retry-After` while the database or the issuer does not answer: about the time of a restart. */
export const UNAVAILABLE_SECONDS = 5;

/** The credential expired while a socket or stream was open. */
export const credentialLapsed: LocalText = {
  EN: 'Your key or token has expired, was revoked or permits something else now. Connect again with a valid one.',
  ZH_CN: '您的密钥或令牌已过期、被吊销或权限已变。请用有效的密钥重新连接。',
};

/** Introspection without its scope. */
export const introspectionRefused: LocalText = {
  EN: 'Your key does not permit introspection: it needs the scope developer. The schema is printed in schema.graphql.',
  ZH_CN: '您的密钥无权查看接口结构：需要权限 developer。接口结构见 schema.graphql。',
};

/** An operation or its statement took too long. */
export const tookTooLong: LocalText = {
  EN: 'The operation took too long and is no longer waited for. Ask for less at once; before you repeat a change, look whether it took place.',
  ZH_CN: '操作耗时过长，已不再等待。请减少一次请求的内容；重复修改之前，请先查看是否已经生效。',
};

/** The database does not answer. */
export const databaseAway: LocalText = {
  EN: 'The database does not answer at the moment. Send it again after the time in Retry-After; a change that was not answered may have taken place: with the same idempotency key it is not made twice.',
  ZH_CN:
    '数据库暂时无法访问。请在 Retry-After 指定的时间后重试；未得到答复的修改可能已经生效，使用相同的幂等键重试不会重复执行。',
};

/** One of these texts as an answer of GraphQL. */
export function refusalError(
  text: LocalText,
  code: 'FORBIDDEN' | 'UNAUTHENTICATED' | 'UNAVAILABLE',
  { locale, correlationId }: { readonly locale: Locale; readonly correlationId: string },
  hints: { readonly retryAfterSeconds?: number } = {},
): GraphQLError {
  return new GraphQLError(text[locale], { extensions: { code, ...hints, correlationId } });
}

/** The server has as many operations as it can do. */
export const overloaded: LocalText = {
  EN: 'The service is busy and has not begun this operation. Send it again after the time in Retry-After; nothing of it took place.',
  ZH_CN: '服务繁忙，本次操作尚未开始，未产生任何影响。请在 Retry-After 指定的时间后重试。',
};

/** More operations than the rate limit permits. */
export function rateLimited(retryAfterSeconds: number): LocalText {
  return {
    EN: `Too many operations: try again in ${retryAfterSeconds} seconds. The query rateLimit tells what is left; an operator can raise the Setting api_rate_limit_points or api_rate_limit_overrides.`,
    ZH_CN: `操作过于频繁：请在 ${retryAfterSeconds} 秒后重试。查询 rateLimit 可查看剩余次数；管理员可调高设置 api_rate_limit_points 或 api_rate_limit_overrides。`,
  };
}

/** As `rateLimited`, as a GraphQL error: it ends the operation, not the socket. */
export function rateLimitError(
  retryAfterSeconds: number,
  { locale, correlationId }: { readonly locale: Locale; readonly correlationId: string },
): GraphQLError {
  return new GraphQLError(rateLimited(retryAfterSeconds)[locale], {
    extensions: { code: 'RATE_LIMITED', retryAfterSeconds, correlationId },
  });
}
