import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiBench } from '../setup/api.ts';
import { batchOf } from '../setup/batch.ts';

let bench: ApiBench;
beforeAll(async () => {
  bench = await ApiBench.start();
  await bench.portal.mapDepartments(['D001']);
});
afterAll(() => bench.stop());

const DRY = `mutation Dry($input: CreateAccountsInput!) { createAccounts(input: $input) {
  userErrorCount warnings { code message path employeeNumber } } }`;

/** The batch with these phones and countries in place of its own. */
function batchWith(rows: readonly { readonly phoneNumber: string; readonly country: string }[]) {
  const batch = batchOf(rows.length, { systemList: ['IDAAS', 'WELINK'] });
  return { ...batch, userList: batch.userList.map((user, index) => ({ ...user, ...rows[index] })) };
}

/** What WeLink and IDaaS were told, by row; and the error of each row. */
async function sent(rows: readonly { readonly phoneNumber: string; readonly country: string }[]) {
  const input = batchWith(rows);
  const requestId = await bench.portal.submit(input);
  await bench.portal.finished(requestId);
  const { request } = await bench.portal.read(
    `query($id: String!) { request(requestId: $id) { items(first: 100) { nodes { employeeNumber error { code } } } } }`,
    { id: requestId },
  );
  const errors = new Map<string, string | undefined>(
    request.items.nodes.map((item: { employeeNumber: string; error: { code: string } | null }) => [
      item.employeeNumber,
      item.error?.code,
    ]),
  );
  const phoneAt = (system: 'WELINK' | 'IDAAS', key: string) =>
    bench.sandbox.control.accounts(system).find((account) => account.key === key)?.phone ?? null;
  return input.userList.map(({ employeeNumber }) => ({
    welink: phoneAt('WELINK', employeeNumber),
    idaas: phoneAt('IDAAS', employeeNumber),
    error: errors.get(employeeNumber) ?? null,
  }));
}

describe('UP09', () => {
  test('a number of Hong Kong, Macau, Taiwan or Germany is dialled there, whatever its country is called', async () => {
    const outcome = await sent([
      { country: '香港', phoneNumber: '61234567' },
      { country: '中国香港特别行政区', phoneNumber: '61234568' },
      { country: 'Hong Kong SAR, China', phoneNumber: '61234569' },
      { country: 'HKG', phoneNumber: '6123 4570' },
      { country: '852', phoneNumber: '61234571' },
      { country: '澳門', phoneNumber: '66123456' },
      { country: '台灣', phoneNumber: '0912345678' },
      { country: '德國', phoneNumber: '0151 23456789' },
      { country: '中国', phoneNumber: '86-13900030007' },
      { country: 'CN', phoneNumber: '（＋８６）１３９０００３０００９' },
      { country: '中国', phoneNumber: '00852 61234572' },
      { country: '中国', phoneNumber: '13900030010/13900030011' },
    ]);
    expect(outcome.map(({ welink }) => welink)).toEqual([
      '+852-61234567',
      '+852-61234568',
      '+852-61234569',
      '+852-61234570',
      '+852-61234571',
      '+853-66123456',
      '+886-912345678',
      '+49-15123456789',
      '13900030007',
      '13900030009',
      '+852-61234572',
      '13900030010',
    ]);
    expect(outcome.map(({ error }) => error)).toEqual(outcome.map(() => null));
  });

  test('a number that cannot be dialled, or of an unknown country, reaches no system', async () => {
    const outcome = await sent([
      { country: '中国', phoneNumber: '95588' },
      { country: '中国', phoneNumber: '139000300180' },
      { country: '中国', phoneNumber: '61234567' },
      { country: 'Atlantis', phoneNumber: '61234567' },
      { country: '中国', phoneNumber: '13900010061.0' },
    ]);
    expect(outcome).toEqual(outcome.map(() => ({ welink: null, idaas: null, error: 'PHONE_INVALID' })));
  });

  test('an office number with its extension is no mobile', async () => {
    const outcome = await sent([
      { country: '中国', phoneNumber: '0755-26780016-8016' },
      { country: '中国', phoneNumber: '010-62340001(801)' },
      { country: '中国', phoneNumber: '010-62340002转801' },
    ]);
    expect(outcome.map(({ idaas, welink, error }) => [idaas, welink, error])).toEqual([
      ['75526780016', null, 'PHONE_NOT_MOBILE'],
      ['1062340001', null, 'PHONE_NOT_MOBILE'],
      ['1062340002', null, 'PHONE_NOT_MOBILE'],
    ]);
  });

  test('a dry run warns of each before anything is sent', async () => {
    const input = batchWith([
      { country: '中国', phoneNumber: '95588' },
      { country: 'NULL', phoneNumber: '61234567' },
      { country: '中国', phoneNumber: '0755-26780016-8016' },
      { country: '中国', phoneNumber: '18888888888' },
      { country: '中国', phoneNumber: '18888888888' },
      { country: '香港', phoneNumber: '61234567' },
    ]);
    const { createAccounts } = await bench.portal.read(DRY, { input: { ...input, mode: 'DRY_RUN' } });
    expect(
      createAccounts.warnings.map(({ code, path }: { code: string; path: string[] }) => [
        code,
        path[1],
        path[2],
      ]),
    ).toEqual([
      ['PHONE_INVALID', '0', 'phoneNumber'],
      ['COUNTRY_UNKNOWN', '1', 'country'],
      ['PHONE_INVALID', '1', 'phoneNumber'],
      ['PHONE_NOT_MOBILE', '2', 'phoneNumber'],
      ['PHONE_PLACEHOLDER', '3', 'phoneNumber'],
      ['PHONE_SHARED', '3', 'phoneNumber'],
      ['PHONE_PLACEHOLDER', '4', 'phoneNumber'],
      ['PHONE_SHARED', '4', 'phoneNumber'],
    ]);
    expect(createAccounts.warnings[1].message).toContain('NULL');
  });
});
