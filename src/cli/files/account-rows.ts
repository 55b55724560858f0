import { oneValueOf, personOf } from '../../../clients/files/src/people-of.ts';
import type { Row } from '../../../clients/files/src/read-rows.ts';
import type {
  AccountSystem,
  CreateAccountsInput,
} from '../../../clients/typescript/src/accountsync-client.ts';
import type { Say } from '../arguments/locale.ts';
import { systemOf } from '../arguments/systems.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { keyOfFile } from './split-batch.ts';

/** Values for the call as a whole, given by flags; they take precedence over the file. */
export interface AccountFlags {
  readonly originSystem?: string;
  readonly businessKey?: string;
  readonly accountType?: string;
  readonly employeeType?: string;
  readonly system?: readonly string[];
}

const DEFAULT_ORIGIN = 'CLI';
const DEFAULT_EMPLOYEE_TYPE = '1';
const DEFAULT_SYSTEMS: readonly AccountSystem[] = ['IDAAS', 'WELINK', 'EMAIL'];

/**
 * Makes the call from the lines of a file. Without a business key the file's name is used, so that the same file is
 * the same request each time.
 *
 * @throws UnreadableFile when lines contradict each other; UsageError when the account type is missing.
 */
export function accountsInputOf(options: {
  readonly rows: readonly Row[];
  readonly file: string;
  readonly flags: AccountFlags;
  readonly say: Say;
}): CreateAccountsInput {
  const { rows, file, flags, say } = options;
  const inFile = (field: string) => oneValueOf(field, rows, say);
  const accountType = flags.accountType ?? inFile('accountType');
  if (accountType == null)
    throw new UsageError(
      say(
        '没有账号类型：请加列 accountType，或用 --account-type 指定（例如 供应商）。',
        'No account type: add a column accountType, or give --account-type (such as 供应商).',
      ),
    );
  const systems = flags.system ?? inFile('systemList')?.split(/[\s,;，；、|]+/) ?? DEFAULT_SYSTEMS;
  return {
    originSystem: flags.originSystem ?? inFile('originSystem') ?? DEFAULT_ORIGIN,
    businessKey: flags.businessKey ?? inFile('businessKey') ?? keyOfFile(file),
    accountType,
    employeeType: flags.employeeType ?? inFile('employeeType') ?? DEFAULT_EMPLOYEE_TYPE,
    systemList: systems.map((name) => systemOf(name, say)),
    userList: rows.map(personOf),
  };
}
