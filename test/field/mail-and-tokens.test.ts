import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { claimsOf } from '../../src/domain/access/token-claims.ts';
import { isCertificateError } from '../../src/domain/errors/certificate-errors.ts';
import { afterFailedDelivery } from '../../src/domain/notifications/delivery-states.ts';
import { createMailSender } from '../../src/integrations/notifications/mail-sender.ts';
import { createTokenVerifier } from '../../src/integrations/oidc/token-verifier.ts';
import { createLogger } from '../../src/logger.ts';
import { Secret } from '../../src/secret.ts';
import { ApiBench } from '../setup/api.ts';
import { startMailServer } from '../setup/receivers.ts';
import { startIssuer } from './issuer.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});
const logger = createLogger({ level: 'silent', pretty: false });
const sample = (name: string) => JSON.parse(readFileSync(new URL(`files/${name}`, import.meta.url), 'utf8'));

describe('DP01', () => {
  test('a refused sender is ours to put right: told so, tried again for as long as it takes, then sent', async () => {
    const server = await startMailServer({ onlyFrom: 'notice@example.cn' });
    open.push(server.close);
    const sender = createMailSender(new Secret(server.url));
    const mail = { to: 'somebody@example.cn', subject: '主题', text: 'x', messageId: '<a@b>' };
    await expect(sender.send({ ...mail, from: 'ops@example.cn' })).rejects.toMatchObject({
      code: 'MAIL_SENDER_REFUSED',
      ours: true,
      permanent: false,
      parameters: { from: 'ops@example.cn' },
    });
    for (const attempts of [1, 5, 50]) {
      const next = afterFailedDelivery(
        { permanent: false, retryAfterMs: null, ours: true },
        { attempts, delaysSeconds: [5, 60], random: 0.5 },
      );
      expect(next.status).toBe('RETRY');
    }
    await sender.send({ ...mail, from: 'notice@example.cn' });
    expect(server.mails.map(({ from }) => from)).toEqual(['notice@example.cn']);
    sender.close();
  });
});

describe('DP02', () => {
  const rules = { scopeClaims: ['scope', 'scp', 'roles'], groupClaims: ['groups'], groupScopes: {} };

  test.for(['oidc-01-entra-access-token-claims.json', 'oidc-02-entra-app-only-claims.json'])(
    'the scopes of %s are found',
    (name) => {
      expect([...(claimsOf(sample(name), rules)?.scopes ?? [])]).toEqual(['requests:read', 'requests:write']);
    },
  );

  test('groups permit what the Setting says, and what is no scope permits nothing', () => {
    const payload = {
      sub: 'x',
      groups: ['ops', 'others', 'constructor'],
      scp: 'openid profile',
      roles: 'admins',
    };
    const groupScopes = { ops: ['operate', 'nonsense'] };
    expect([...(claimsOf(payload, { ...rules, groupScopes })?.scopes ?? [])]).toEqual(['operate']);
  });
});

describe('DP03', () => {
  test.for([
    ['without the slash that the issuer writes', '', '/'],
    ['with a slash that the issuer does not write', '/', ''],
  ])('OIDC_ISSUER %s is accepted', async ([, configured, written]) => {
    const issuer = await startFieldIssuer(written ?? '');
    const verifier = createTokenVerifier(
      { issuer: `${issuer.origin}/application${configured}`, audience: 'accountsync' },
      logger,
    );
    expect(await verifier.verify(await issuer.sign())).toMatchObject({ kind: 'valid' });
  });

  test('another issuer is the operator’s mistake: callers are told so, and not to try again; keys work', async () => {
    const issuer = await startFieldIssuer('/other');
    const bench = await ApiBench.start({
      variables: {
        ROLE: 'server',
        OIDC_ISSUER: `${issuer.origin}/application`,
        OIDC_AUDIENCE: 'accountsync',
      },
    });
    open.push(() => bench.stop());
    const answer = await bench.as({ key: await issuer.sign(), language: 'en' }).post({
      query: '{ rateLimit { __typename } }',
    });
    expect(answer.status).toBe(401);
    expect(JSON.stringify(answer.body)).toContain('OIDC_ISSUER');
    expect(JSON.stringify(answer.body)).not.toContain('Try again');
    await bench.portal.read('{ rateLimit { __typename } }');
    const { overview } = await bench.portal.read(
      '{ overview { health reasons { code fixBy message(locale: EN) whatToDo(locale: EN) } } }',
    );
    expect(overview.health).toBe('BROKEN');
    const [told] = overview.reasons.filter(({ code }: { code: string }) => code === 'ISSUER_DIFFERS');
    expect(told).toMatchObject({ fixBy: 'OPERATOR', whatToDo: expect.stringContaining('OIDC_ISSUER') });
    expect(told.message).toContain(`${issuer.origin}/application,`);
    expect(told.message).toContain(`${issuer.origin}/application/other`);
  });
});

test.each([
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', true],
  ['SELF_SIGNED_CERT_IN_CHAIN', true],
  ['ERR_TLS_CERT_ALTNAME_INVALID', true],
  ['CERT_HAS_EXPIRED', true],
  ['ECONNREFUSED', false],
  ['TIMEOUT', false],
])('DP04: %s speaks of a certificate: %s', (code, speaks) => expect(isCertificateError(code)).toBe(speaks));

async function startFieldIssuer(suffix: string) {
  const issuer = await startIssuer(suffix);
  open.push(issuer.close);
  return issuer;
}
