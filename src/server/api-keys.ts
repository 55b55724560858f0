import { createHash, timingSafeEqual } from 'node:crypto';
import { seesEverything } from '../domain/access/visibility.ts';
import type { Secret } from '../secret.ts';
import type { Authenticate } from './authenticate.ts';

const BEARER = /^Bearer +(\S+)$/i;

const MISSING =
  'Not signed in. Send the header "Authorization: Bearer <API key>" (over a WebSocket: connection_init payload {"authorization": "Bearer <API key>"}).';
const MALFORMED =
  'The Authorization value is not understood: it must read "Bearer <API key>", with one key and no line breaks.';
const UNKNOWN =
  'This API key is not valid here. The admin key is the value of ADMIN_API_KEY, or the one shown when the service started.';

/** Accepts the bootstrap admin key. Only its SHA-256 is kept, and the comparison takes the same time for every key. */
export function authenticateAdminKey(adminKey: Secret): Authenticate {
  const adminHash = hashKey(adminKey.reveal());
  return async (authorization) => {
    if (authorization === null || authorization.trim() === '') {
      return { outcome: 'missing', reason: MISSING };
    }
    const key = BEARER.exec(authorization.trim())?.[1];
    if (key === undefined) return { outcome: 'refused', reason: MALFORMED };
    if (!timingSafeEqual(hashKey(key), adminHash)) return { outcome: 'refused', reason: UNKNOWN };
    return {
      outcome: 'accepted',
      viewer: { principal: 'admin', scopes: new Set(['admin']), sees: seesEverything },
    };
  };
}

function hashKey(key: string): Buffer {
  return createHash('sha256').update(key, 'utf8').digest();
}
