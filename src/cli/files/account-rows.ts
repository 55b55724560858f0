import type {
  AccountSystem,
  CreateAccountsInput,
} from '../../../clients/typescript/src/accountsync-client.ts';
import type { Say } from '../arguments/locale.ts';
import { systemOf } from '../arguments/systems.ts';
import { UsageError } from '../arguments/usage-error.ts';
import type { Column } from './column.ts';
import type { Row } from './read-rows.ts';
import { keyOfFile } from './split-batch.ts';

const column = (field: string, options: Partial<Column> = {}): Column => ({
  field,
  aliases: [],
  required: false,
  isCode: false,
  ...options,
});

/** Columns of the call as a whole: in the file, equal in every line, or given by a flag. */
const headColumns: readonly Column[] = [
  column('originSystem', { aliases: ['来源系统'] }),
  column('businessKey', { aliases: ['业务键', '业务编号'], isCode: true, isDated: true }),
  column('accountType', {
    aliases: ['账号类型', '帐号类型', '账户类型', '人员类型', '人员类别', '用工类型'],
    looseAliases: ['类型', '类别'],
  }),
  column('employeeType', { aliases: ['员工类型', '员工状态'] }),
  column('systemList', { aliases: ['系统', 'systems', '开通系统', '申请系统'] }),
];

/** Columns of a file of people who need accounts. */
export const accountColumns: readonly Column[] = [
  column('employeeNumber', {
    aliases: [
      '工号',
      '员工编号',
      '员工工号',
      '员工号',
      '职工号',
      '职工编号',
      '教工号',
      '人员编号',
      '人员工号',
      'employee id',
      'emp no',
    ],
    looseAliases: ['学工号', '学号', '编号', '工号/学号', '证件编号'],
    required: true,
    isCode: true,
  }),
  column('employeeName', {
    aliases: ['姓名', '员工姓名', '人员姓名', '中文姓名', '真实姓名', 'full name'],
    looseAliases: ['名字', '名称', 'name'],
    required: true,
  }),
  column('departmentCode', {
    aliases: [
      '部门代码',
      '部门编码',
      '部门编号',
      '部门号',
      '部门ID',
      '组织编码',
      '组织代码',
      '机构代码',
      '单位代码',
    ],
    looseAliases: ['部门', '所属部门', '所在部门', '部门名称', '组织', '单位', 'department'],
    required: true,
    isCode: true,
  }),
  column('phoneNumber', {
    aliases: [
      '手机号',
      '手机号码',
      '手机',
      '移动电话',
      '联系手机',
      '手机电话',
      'mobile',
      'mobile phone',
      'mobile number',
    ],
    looseAliases: ['电话', '电话号码', '联系电话', '联系方式', '办公电话', 'phone', 'telephone', 'tel'],
    required: true,
    isCode: true,
    isDated: true,
  }),
  column('partnerCompany', {
    aliases: ['合作公司', '公司', '公司名称', '所属公司', '外包公司', '供应商名称', '合作单位'],
    looseAliases: ['单位名称', 'company'],
  }),
  column('country', {
    aliases: ['国家', '国家/地区', '国家地区', '国家或地区'],
    looseAliases: ['国籍', '地区'],
  }),
  ...headColumns,
];

/** What concerns the call as a whole, by flags; they rule over the file. */
export interface AccountFlags {
  readonly originSystem?: string;
  readonly businessKey?: string;
  readonly accountType?: string;
  readonly employeeType?: string;
  readonly system?: readonly string[];
}

const DEFAULT_ORIGIN = 'CLI';
const DEFAULT_EMPLOYEE_TYPE = '1';
const DEFAULT_COUNTRY = '中国';
const DEFAULT_SYSTEMS: readonly AccountSystem[] = ['IDAAS', 'WELINK', 'EMAIL'];

/**
 * Makes the call from the lines of a file. Without a business key the file's name is used, so that the same file is
 * the same request each time.
 *
 * @throws UsageError when lines contradict each other, or the account type is missing.
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
    userList: rows.map(({ values }) => ({
      employeeNumber: values.get('employeeNumber') ?? '',
      employeeName: values.get('employeeName') ?? '',
      departmentCode: values.get('departmentCode') ?? '',
      phoneNumber: values.get('phoneNumber') ?? '',
      partnerCompany: values.get('partnerCompany') || null,
      country: values.get('country') || DEFAULT_COUNTRY,
    })),
  };
}

/** The value that all lines have; null when none has one. */
function oneValueOf(field: string, rows: readonly Row[], say: Say): string | null {
  let found: { readonly value: string; readonly line: number } | null = null;
  for (const { line, values } of rows) {
    const value = values.get(field) ?? '';
    if (value === '') continue;
    found ??= { value, line };
    if (found.value !== value)
      throw new UsageError(
        say(
          `${field} 在一个文件里只能有一个值：第 ${found.line} 行是 ${found.value}，第 ${line} 行是 ${value}。请拆成多个文件。`,
          `${field} has one value per file: it is ${found.value} in line ${found.line} and ${value} in line ${line}. Split the file.`,
        ),
      );
  }
  return found?.value ?? null;
}
