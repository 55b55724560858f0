/** Departments of the sample company: HR's code, the directory's code, the OU. */
export const sampleDepartments = [
  { idataDepartmentCode: 'D001', idaasDepartmentCode: 'WW10010', ou: 'OU=研发中心,OU=总部' },
  { idataDepartmentCode: 'D002', idaasDepartmentCode: 'WW10020', ou: 'OU=供应链,OU=总部' },
  { idataDepartmentCode: 'D003', idaasDepartmentCode: 'WW10030', ou: 'OU=财务部,OU=总部' },
  { idataDepartmentCode: 'D004', idaasDepartmentCode: 'WW10040', ou: 'OU=外包管理,OU=合作方' },
];

const SURNAMES = '张王李赵刘陈杨黄周吴徐孙胡朱高林何郭马罗单仇曾解查盖吕欧阳司马诸葛';
const COMPOUND = ['欧阳', '司马', '诸葛'];
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
  '明',
  '超',
  '霞',
  '平',
];
const SINGLE_SURNAMES = [...SURNAMES].slice(0, [...SURNAMES].length - COMPOUND.join('').length);

/** One row of `userList`. */
export interface SampleUser {
  readonly employeeNumber: string;
  readonly employeeName: string;
  readonly departmentCode: string;
  readonly phoneNumber: string;
  readonly partnerCompany: string;
  readonly country: string;
}

/**
 * A batch of made-up people; `stamp` (milliseconds) makes numbers and phones that no earlier batch has, so that the
 * demo creates accounts each time it runs.
 */
export function sampleBatch(count: number, stamp: number): SampleUser[] {
  const surnames = [...SINGLE_SURNAMES, ...COMPOUND];
  const prefix = stamp.toString(36).slice(-6).toUpperCase();
  const firstPhone = 10_000_000 + ((Math.floor(stamp / 1_000) * 211) % 80_000_000);
  return Array.from({ length: count }, (_, index) => ({
    employeeNumber: `${prefix}-${String(index + 1).padStart(4, '0')}`,
    employeeName: `${pick(surnames, index * 7)}${pick(GIVEN, Math.floor(index / 3))}`,
    departmentCode: pick(sampleDepartments, index).idataDepartmentCode,
    phoneNumber: `138${firstPhone + index}`,
    partnerCompany: '示例科技有限公司',
    country: '中国',
  }));
}

function pick<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new RangeError('An empty list has nothing to pick from.');
  return item;
}
