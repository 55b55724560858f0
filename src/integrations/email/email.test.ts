import { afterEach, describe, expect, it } from 'vitest';
import {
  connectTo,
  failureOf,
  newIntent,
} from '../../../test/integrations/contract/connector-contract-setup.ts';
import { createLogger } from '../../logger.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { idaas } from '../idaas/definition.ts';
import { judgeEnabling } from './answers.ts';
import { newMailbox } from './connector.ts';
import { email } from './definition.ts';
import { createMailboxClassifier, EMAIL_PATTERN_KEYS } from './patterns.ts';

const logger = createLogger({ level: 'silent', pretty: false });
const classify = createMailboxClassifier({ logger, setting: () => undefined });
const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

describe('mail patterns', () => {
  const sentences: readonly (readonly [string, string])[] = [
    ['The proxy address "SMTP:zhangsan@example.com" is already being used by another recipient.', 'conflict'],
    ['别名 zhangsan 已被占用', 'conflict'],
    ['zE1 already has a mailbox.', 'exists'],
    ['The specified recipient zE1 is of type UserMailbox.', 'exists'],
    ['用户已启用', 'exists'],
    ["object 'zE1' couldn't be found on 'dc1'", 'not-visible'],
    ['User not found', 'not-visible'],
    ['找不到对象', 'not-visible'],
    ['Database is full', 'other'],
  ];
  for (const [sentence, meaning] of sentences) {
    it(`${meaning}: ${sentence}`, () => expect(classify(sentence)).toBe(meaning));
  }

  it('are read from the Settings at each use, and fall back when they are no patterns', () => {
    const settings = new Map<string, unknown>([
      [EMAIL_PATTERN_KEYS.notVisible, ['noch nicht', 'pas encore']],
    ]);
    const classifyNow = createMailboxClassifier({ logger, setting: (key) => settings.get(key) });
    expect(classifyNow('pas encore là')).toBe('not-visible');
    expect(classifyNow('User not found')).toBe('other');
    settings.set(EMAIL_PATTERN_KEYS.notVisible, '([');
    expect(classifyNow('User not found')).toBe('not-visible');
    settings.set(EMAIL_PATTERN_KEYS.notVisible, 42);
    expect(classifyNow('User not found')).toBe('not-visible');
  });
});

describe('the mailbox answer', () => {
  const judge = (jsonValue: unknown, status = 200) =>
    judgeEnabling({ status, body: { jsonValue } }, { login: 'zE1', classify });

  it('is a success only when it speaks of this login', () => {
    const enabled = { kind: 'answer', answer: { status: 'enabled' } };
    for (const item of ['zE1', { SAMAccountName: 'ze1' }, { samAccountName: 'zE1' }, {}]) {
      expect(judge({ success: [item], fail: [] })).toEqual(enabled);
    }
    expect(judge({ success: [{ SAMAccountName: 'zOTHER' }], fail: [] })).toEqual({ kind: 'unknown' });
    expect(judge({ success: [], fail: [] })).toEqual({ kind: 'unknown' });
    expect(judge(undefined)).toEqual({ kind: 'unknown' });
    expect(judgeEnabling({ status: 200, body: { code: 200 } }, { login: 'zE1', classify })).toEqual(enabled);
  });

  it('reads the text of a failure wherever it stands', () => {
    for (const item of [
      'User not found',
      { Message: 'User not found' },
      { message: 'not found' },
      { Error: 'not found' },
    ]) {
      expect(judge({ fail: [item] })).toMatchObject({ failure: 'not-visible' });
    }
    expect(judge({ success: [], fail: ['zE1 already has a mailbox'] })).toMatchObject({
      answer: { status: 'exists' },
    });
    expect(judge({ fail: ['Database is full'] })).toMatchObject({ failure: 'permanent' });
  });

  it('counts beside an HTTP error, but an unknown sentence there is the server’s', () => {
    expect(judge({ fail: ['User not found'] }, 500)).toMatchObject({ failure: 'not-visible' });
    expect(judge({ fail: ['Database is full'] }, 500)).toMatchObject({ kind: 'unknown' });
    expect(judge({ success: ['zE1'], fail: [] }, 500)).toEqual({ kind: 'unknown' });
  });
});

describe('a mailbox', () => {
  async function setup(replicationDelayMs = 0) {
    const sandbox = await startSandbox({ latencyMs: { min: 0, max: 0 }, replicationDelayMs });
    const mail = connectTo(email, { upstream: sandbox });
    const directory = connectTo(idaas, { upstream: sandbox });
    open.push(mail.connector, directory.connector, sandbox);
    return { mail, directory, control: sandbox.control };
  }

  it('needs a login that the directory shows', async () => {
    const { mail, directory } = await setup();
    const intent = newIntent();
    const early = await failureOf(mail.connector.ensureAccount(intent, mail.call));
    expect(early).toMatchObject({ failure: 'not-visible', code: 'NOT_VISIBLE_YET' });
    await directory.connector.ensureAccount(intent, directory.call);
    const created = { outcome: 'CREATED', identifier: intent.emailAddress, remoteId: null };
    await expect(mail.connector.ensureAccount(intent, mail.call)).resolves.toEqual(created);
  });

  it('is not visible yet while the directory replicates', async () => {
    const { mail, directory } = await setup(60_000);
    const intent = newIntent();
    await directory.connector.ensureAccount(intent, directory.call);
    expect(await failureOf(mail.connector.ensureAccount(intent, mail.call))).toMatchObject({
      failure: 'not-visible',
    });
  });

  it('of another person is a conflict', async () => {
    const { mail, directory } = await setup();
    const [first, second] = [
      newIntent({ emailAddress: 'li@example.com' }),
      newIntent({ emailAddress: 'li@example.com' }),
    ];
    for (const intent of [first, second]) await directory.connector.ensureAccount(intent, directory.call);
    await mail.connector.ensureAccount(first, mail.call);
    const error = await failureOf(mail.connector.ensureAccount(second, mail.call));
    expect(error).toMatchObject({ failure: 'conflict', code: 'MAILBOX_NAME_TAKEN' });
  });

  it('is asked for by login and local part', () => {
    const intent = newIntent({ username: 'zE1', emailAddress: 'zhangsan2@example.com' });
    expect(newMailbox(intent)).toEqual({ SAMAccountName: 'zE1', Alias: 'zhangsan2' });
  });
});
