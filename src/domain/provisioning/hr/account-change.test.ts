import { describe, expect, test } from 'vitest';
import { type ChangeFacts, decideChange } from './account-change.ts';

const facts: ChangeFacts = {
  runKind: 'LEAVERS',
  runStatus: 'RUNNING',
  runCancelled: false,
  accountState: 'ACTIVE',
  employeeNumber: 'E1',
  system: 'WELINK',
  leaver: true,
};

describe('an account that a run wants to change', () => {
  test.each<[what: string, change: Partial<ChangeFacts>, decision: Readonly<Record<string, unknown>>]>([
    ['of a leaver is disabled', {}, { kind: 'disable' }],
    ['is left alone by a run that was cancelled', { runCancelled: true }, { kind: 'drop' }],
    ['is left alone by a run that ended', { runStatus: 'FAILED' }, { kind: 'drop' }],
    ['is left alone by a run that waits', { runStatus: 'AWAITING_CONFIRMATION' }, { kind: 'drop' }],
    ['of somebody who came back is skipped', { leaver: false }, { error: { code: 'LEAVER_CAME_BACK' } }],
    [
      'that is disabled already is skipped',
      { accountState: 'DISABLED' },
      { error: { code: 'ACCOUNT_NOT_ACTIVE' } },
    ],
    ['that is gone is skipped', { accountState: null }, { error: { code: 'ACCOUNT_NOT_ACTIVE' } }],
    [
      'of a mover is updated',
      { runKind: 'HR_SYNC', runStatus: 'COMPLETED', leaver: false },
      { kind: 'update' },
    ],
    [
      'of a mover that is disabled is skipped',
      { runKind: 'HR_SYNC', accountState: 'DISABLED' },
      { kind: 'skip' },
    ],
  ])('%s', (_what, change, decision) => {
    expect(decideChange({ ...facts, ...change })).toMatchObject(decision);
  });
});
