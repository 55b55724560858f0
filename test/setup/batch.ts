let lastNumber = 0;

/** A complete `CreateAccountsInput` of people nobody has seen yet. */
export function batchOf(people: number, given: Readonly<Record<string, unknown>> = {}) {
  const userList = Array.from({ length: people }, () => {
    lastNumber += 1;
    return {
      employeeNumber: `P${String(lastNumber).padStart(6, '0')}`,
      employeeName: '张三',
      departmentCode: 'D001',
      phoneNumber: `138${String(lastNumber).padStart(8, '0')}`,
      partnerCompany: '示例公司',
      country: '中国',
    };
  });
  return {
    originSystem: 'OA',
    businessKey: `B${lastNumber}`,
    accountType: '供应商',
    employeeType: '1',
    systemList: ['IDAAS', 'WELINK', 'EMAIL'],
    userList,
    ...given,
  };
}
