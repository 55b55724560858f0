import type { Column } from './column.ts';

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
    isDistinct: true,
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
