import { expect, test } from 'vitest';
import { judgeAccount, missingLimit, type RecordedAccount } from './judge-account.ts';

const ours: RecordedAccount = {
  state: 'ACTIVE',
  identifier: 'zP1',
  remoteId: 'r1',
  emailAddress: 'zhangsan@a.cn',
};
const theirs = { identifier: 'ZP1', remoteId: 'r1', emailAddress: 'ZhangSan@a.cn' };

test('an account is confirmed whatever the case of its names, also where one side knows less', () => {
  expect(judgeAccount(ours, theirs)).toEqual({ kind: 'confirmed' });
  expect(judgeAccount({ ...ours, remoteId: null }, theirs)).toEqual({ kind: 'confirmed' });
  expect(judgeAccount(ours, { identifier: 'zP1', remoteId: null })).toEqual({ kind: 'confirmed' });
});

test('an account that is not found is missing, unless no person has it here; one that no person has is an orphan', () => {
  expect(judgeAccount(ours, null)).toEqual({ kind: 'missing' });
  expect(judgeAccount({ ...ours, state: 'PLANNED' }, null)).toEqual({ kind: 'absent' });
  expect(judgeAccount({ ...ours, state: 'PLANNED' }, theirs)).toEqual({ kind: 'orphan' });
});

test('every differing field is reported, with both values', () => {
  expect(judgeAccount(ours, { identifier: 'x', remoteId: 'r2', emailAddress: 'b@a.cn' })).toEqual({
    kind: 'differing',
    fields: {
      identifier: { here: 'zP1', there: 'x' },
      remoteId: { here: 'r1', there: 'r2' },
      emailAddress: { here: 'zhangsan@a.cn', there: 'b@a.cn' },
    },
  });
});

test('the limit is the larger of count and share', () => {
  expect(missingLimit({ thresholdCount: 20, thresholdPercent: 1, checked: 100 })).toBe(20);
  expect(missingLimit({ thresholdCount: 20, thresholdPercent: 1, checked: 5_000 })).toBe(50);
});
