/** A payload of the first system's own documents. */
export interface Sample {
  readonly summary: string;
  readonly value: unknown;
}

/** The documents' payloads, by what `RestRoute.body.samples` names. */
export const samples: Readonly<Record<string, Readonly<Record<string, Sample>>>> = {
  create_accounts: {
    batch: {
      summary: 'HR_SYSTEM',
      value: {
        originSystem: 'HR_SYSTEM',
        businessKey: 'BATCH_20250121_001',
        accountType: '供应商',
        employeeType: '1',
        systemList: ['idaas', 'welink', 'email'],
        userList: [
          {
            employeeNumber: 'TEST001',
            employeeName: '张三',
            departmentCode: 'D001',
            phoneNumber: '13800138001',
            partnerCompany: '测试公司',
            country: '中国',
          },
          {
            employeeNumber: 'TEST002',
            employeeName: '李四',
            departmentCode: 'D002',
            phoneNumber: '13800138002',
            partnerCompany: '测试公司',
            country: '中国',
          },
        ],
      },
    },
    oa: {
      summary: 'oa',
      value: {
        originSystem: 'oa',
        businessKey: '65090',
        accountType: 'personal',
        employeeType: 'W',
        systemList: ['idaas', 'welink', 'email'],
        userList: [
          {
            employeeNumber: 'P000126',
            employeeName: '张三',
            departmentCode: '120000',
            phoneNumber: '1234567890',
            partnerCompany: 'ABC',
            country: 'cn',
          },
        ],
      },
    },
  },
  sync_hr_persons: { run: { summary: 'run', value: { mode: 'run', force_full_sync: false } } },
  create_account_tasks: { run: { summary: 'run', value: { mode: 'run', employee_status: ['1', '2'] } } },
  process_account_tasks: { run: { summary: 'run', value: { mode: 'run', max_tasks: 100 } } },
};
