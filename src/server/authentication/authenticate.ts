import { hash, timingSafeEqual } from 'node:crypto';
import { isKey } from '../../domain/access/key-format.ts';
import { seesEverything } from '../../domain/access/visibility.ts';
import type { Logger } from '../../logger.ts';
import type { Secret } from '../../secret.ts';
import type { ApiKeys } from './api-keys.ts';
import type { Accepted, Authenticate, LocalText } from './authentication.ts';
import { never } from './lapse.ts';
import type { AcceptTokens } from './oidc-tokens.ts';

const BEARER = /^Bearer +(\S+)$/i;
/** Three parts of base64url: a JWT. */
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;
/** Longer credentials are refused unread. */
const CREDENTIAL_MAX = 16_384;

const MISSING: LocalText = {
  EN: 'Not signed in. Send the header "Authorization: Bearer <API key>" (over a WebSocket: connection_init payload {"authorization": "Bearer <API key>"}).',
  ZH_CN:
    '未登录。请发送请求头 "Authorization: Bearer <API 密钥>"（WebSocket：connection_init 的 payload 为 {"authorization": "Bearer <API 密钥>"}）。',
};
const MALFORMED: LocalText = {
  EN: 'The Authorization value is not understood: it must read "Bearer <API key>", with one key and no line breaks.',
  ZH_CN: 'Authorization 的值无法识别：应为 "Bearer <API 密钥>"，只有一个密钥，且不含换行。',
};
const UNKNOWN: LocalText = {
  EN: 'This API key is not valid here, or no longer. Ask an administrator for one; the first is the value of ADMIN_API_KEY, or the one shown when the service started.',
  ZH_CN:
    '此 API 密钥在这里无效，或已失效。请向管理员申请；最初的密钥是 ADMIN_API_KEY 的值，或服务启动时显示的密钥。',
};

const UNAVAILABLE: LocalText = {
  EN: 'It cannot be checked at the moment who you are: the database, or the issuer of tokens, does not answer. Try again.',
  ZH_CN: '暂时无法验证您的身份：数据库或令牌签发者没有响应。请稍后重试。',
};

/**
 * Accepts the bootstrap key, API keys, and JWTs where an issuer is configured. The answer to a wrong credential does
 * not depend on its kind.
 */
export function createAuthenticate(options: {
  /** Null: only with OIDC. */
  readonly adminKey: Secret | null;
  readonly keys: ApiKeys;
  /** Null: no issuer is configured. */
  readonly tokens: AcceptTokens | null;
  readonly logger: Logger;
}): Authenticate {
  const { keys, tokens, logger } = options;
  // Only the hash is kept, and comparing takes the same time for every key.
  const adminHash = options.adminKey === null ? null : digest(options.adminKey.reveal());
  return async (authorization) => {
    if (authorization === null || authorization.trim() === '') return { outcome: 'missing', reason: MISSING };
    const key = authorization.length > CREDENTIAL_MAX ? undefined : BEARER.exec(authorization.trim())?.[1];
    if (key === undefined) return { outcome: 'refused', reason: MALFORMED };
    if (adminHash !== null && timingSafeEqual(digest(key), adminHash)) return bootstrapAdmin();
    try {
      const accepted = isKey(key) ? await keys.accept(key) : null;
      if (accepted !== null) return { outcome: 'accepted', ...accepted };
      return tokens !== null && TOKEN.test(key) ? await tokens(key) : { outcome: 'refused', reason: UNKNOWN };
    } catch (error) {
      logger.error(
        { error },
        'a caller could not be authenticated: the database or the issuer does not answer',
      );
      return { outcome: 'unavailable', reason: UNAVAILABLE };
    }
  };
}

function bootstrapAdmin(): Accepted {
  const viewer = { principal: 'admin', scopes: new Set(['admin']), sees: seesEverything, keyId: null };
  return { outcome: 'accepted', viewer, lapse: never };
}

function digest(key: string): Buffer {
  return hash('sha256', key, 'buffer');
}
