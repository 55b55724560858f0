import { z } from 'zod';
import type { Service } from './application.ts';

const MUTATION = `mutation Submit($input: CreateAccountsInput!) {
  createAccounts(input: $input) { request { requestId status totalUsers } userErrors { code message path } }
}`;

const answerSchema = z.object({
  data: z.object({ createAccounts: z.object({ request: z.object({ requestId: z.string() }) }) }),
});

const SURNAMES = [...'张王李赵刘陈杨黄周吴徐孙胡朱高林何郭马罗'];
const GIVEN = [
  '伟',
  '芳',
  '娜',
  '秀英',
  '敏',
  '静',
  '丽',
  '强',
  '磊',
  '军',
  '洋',
  '勇',
  '艳',
  '杰',
  '娟',
  '涛',
];

/** Numbers people through the run, so that no person comes twice unless asked for. */
let people = 0;
let batches = 0;

export interface Batch {
  readonly users: number;
  readonly systems: readonly string[];
  readonly originSystem?: string;
}

/** The body of a `createAccounts` call that brings new people. */
export function batchBody(batch: Batch): string {
  batches += 1;
  return JSON.stringify({
    query: MUTATION,
    variables: {
      input: {
        originSystem: batch.originSystem ?? 'OA',
        businessKey: `BENCH-${batches}`,
        accountType: '供应商',
        employeeType: '1',
        systemList: batch.systems,
        userList: Array.from({ length: batch.users }, newPerson),
      },
    },
  });
}

/** Public id of the request that an answer of `createAccounts` names. */
export function requestIdOf(answer: string): string {
  const parsed = answerSchema.safeParse(JSON.parse(answer));
  if (!parsed.success) throw new Error(`createAccounts was refused: ${answer.slice(0, 500)}`);
  return parsed.data.data.createAccounts.request.requestId;
}

/** Submits a batch; returns its public id. */
export async function submit(service: Service, batch: Batch): Promise<string> {
  return requestIdOf(await service.http.post(batchBody(batch)));
}

/** Resolves when every item of the request has its tasks. */
export function planned(service: Service, requestId: string): Promise<void> {
  return service.until(
    `select not exists (select 1 from request_item i join account_request r on r.id = i.request_id
       where r.request_id = $1 and i.status in ('PENDING', 'SYNCED')) as done`,
    [requestId],
  );
}

/** Resolves when the request is completed. */
export function completed(service: Service, requestId: string): Promise<void> {
  return service.until(`select status = 'COMPLETED' as done from account_request where request_id = $1`, [
    requestId,
  ]);
}

function newPerson() {
  people += 1;
  const surname = SURNAMES[people % SURNAMES.length];
  const given = GIVEN[Math.floor(people / SURNAMES.length) % GIVEN.length];
  const second = GIVEN[Math.floor(people / 320) % GIVEN.length];
  return {
    employeeNumber: `B${String(people).padStart(7, '0')}`,
    employeeName: `${surname}${given}${second}`,
    departmentCode: 'D001',
    phoneNumber: `138${String(people).padStart(8, '0')}`,
    partnerCompany: '示例科技有限公司',
    country: '中国',
  };
}
