import { type HrPerson, hrKeyOf } from '../src/domain/provisioning/hr/hr-person.ts';
import type { HrPage, HrSource } from '../src/integrations/contract/hr-source.ts';

/** Rows of a page: the most that iData is asked for. */
const PAGE_SIZE = 1_000;

/** People with every column filled, as the connector delivers them; different for different `n`. */
export function benchPerson(n: number): HrPerson {
  const number = String(n).padStart(8, '0');
  return {
    employeeNumber: `E${number}`,
    hrPersonId: number,
    fullName: `张思远${n % 997}`,
    englishName: `Siyuan Zhang ${n % 997}`,
    sex: '1',
    birthDay: `19${70 + (n % 30)}-0${1 + (n % 9)}-1${n % 10}`,
    nationalityCode: 'CN',
    personType: '10',
    employeeStatus: '1',
    employeeAccount: null,
    hrUserId: `U${number}`,
    employeeDescription: '研发中心平台部工程师',
    emailAddress: null,
    telephoneNumber1: `138${number}`,
    telephoneNumber2: `139${number}`,
    telephoneNumber3: null,
    fullAddress: `广东省深圳市龙岗区坂田街道${n % 500}号`,
    postalCode: '518129',
    baseLocation: '深圳',
    expenseAccount: `EX${n % 300}`,
    personPinyinName: 'zhangsiyuan',
    originalHireDate: '2019-03-04',
    effectiveDate: '2019-03-04',
    disableDate: null,
    departments: [{ department_code: `D${n % 200}`, partner_company: null, country: '中国' }],
    tenantId: 'bench',
    hrCreatedAt: '2019-03-04T00:00:00.000Z',
    hrUpdatedAt: '2026-01-02T03:04:05.000Z',
  };
}

/** An HR source that has its pages at hand: what is measured is what becomes of them. */
export function sourceOf(people: readonly HrPerson[]): HrSource {
  const totalPages = Math.ceil(people.length / PAGE_SIZE);
  return {
    system: 'HIEDS',
    pageSize: PAGE_SIZE,
    readPage: ({ page }): Promise<HrPage> => {
      const rows = people.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
      const keys = rows.map(hrKeyOf);
      const counts = { rowCount: rows.length, keys, totalPages, totalCount: people.length };
      return Promise.resolve({ people: rows, problems: [], ...counts });
    },
    checkHealth: () =>
      Promise.resolve({ reachable: true, credentialsAccepted: true, detail: null, error: null }),
    tokenRemainingMs: () => null,
    close: () => {},
  };
}
