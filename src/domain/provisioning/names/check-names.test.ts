import { expect, test } from 'vitest';
import { checkLocalPart, checkLogin } from './check-names.ts';

test.each(['z', 'zP000126', 'zhang.san-2', 'x_y', 'a'.repeat(20)])('%s is a login', (login) => {
  expect(checkLogin(login)).toBeNull();
});

test.each(['', '.z', 'z.', 'z s', '张三', 'a@b', 'a\\b', 'a'.repeat(21), 'z\0'])(
  '%j is no login',
  (login) => {
    expect(checkLogin(login)).toMatchObject({ code: 'INVALID', parameters: { variant: 'LOGIN' } });
  },
);

test.each(['zhangsan', 'zhang.san', 'a-b_c', '7', 'a'.repeat(64)])('%s is a local part', (localPart) => {
  expect(checkLocalPart(localPart, new Set())).toBeNull();
});

test.each(['', '.a', 'a.', 'a..b', 'a b', 'a@b.cn', 'Zhang', 'a'.repeat(65), '"a"'])(
  '%j is no local part',
  (localPart) => {
    expect(checkLocalPart(localPart, new Set())).toMatchObject({ parameters: { variant: 'LOCAL_PART' } });
  },
);

test('a reserved word belongs to no person', () => {
  expect(checkLocalPart('postmaster', new Set(['postmaster']))).toMatchObject({
    parameters: { variant: 'RESERVED_WORD', identifier: 'postmaster' },
  });
});
