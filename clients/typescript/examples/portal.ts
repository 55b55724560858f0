/** A supplier portal: asks for accounts, shows how they come into being, and says what to correct. */
import { AccountSyncClient, RefusedError } from '../src/accountsync-client.ts'; // '@accountsync/client'

const { ACCOUNTSYNC_URL = 'http://127.0.0.1:4000/graphql', ACCOUNTSYNC_API_KEY = '' } = process.env;
const client = new AccountSyncClient({ url: ACCOUNTSYNC_URL, apiKey: ACCOUNTSYNC_API_KEY, locale: 'en' });
const [form = 'FORM-1', phone = '13800138000'] = process.argv.slice(2);
const person = { phoneNumber: phone, country: '中国' };

try {
  const { request, replayed } = await client.createAccounts({
    originSystem: 'SUPPLIER_PORTAL',
    businessKey: form,
    accountType: '供应商',
    employeeType: '1',
    systemList: ['IDAAS', 'EMAIL'],
    userList: [
      { employeeNumber: `${form}-1`, employeeName: '张三', departmentCode: 'D001', ...person },
      { employeeNumber: `${form}-2`, employeeName: '李四', departmentCode: 'D404', ...person },
    ],
  });
  const { requestId } = request;
  console.log(`${requestId} ${replayed ? 'found again' : 'accepted'}`);
  for await (const { percent, completedUsers, totalUsers } of client.watchRequest(requestId))
    console.log(`${percent} %, ${completedUsers} of ${totalUsers} people done`);

  for await (const { employeeName, status, error, person } of client.requestItems(requestId)) {
    const active = person?.accounts.filter(({ state }) => state === 'ACTIVE') ?? [];
    console.log(employeeName, status, ...active.map(({ identifier }) => identifier));
    if (error !== null) console.log(`  ${error.fixBy} has to act: ${error.message}`);
  }
} catch (error) {
  // Wrong data: every mistake, to be shown beside its field. Anything else is for the log.
  if (!(error instanceof RefusedError)) throw error;
  for (const { path, message } of error.userErrors) console.error(path?.join('.'), message);
  process.exitCode = 1;
}
