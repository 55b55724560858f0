/** As the API names them. */
type Language = 'ZH_CN' | 'EN';

/** One tab of GraphiQL: an operation that can be sent as it stands, with its variables. */
export interface ExampleOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const createAccounts = `# 1. 申请账号：两名供应商人员，IDaaS、WeLink 和邮箱。
#    Ask for accounts: two people of a supplier.
# 重复提交不会重复创建，返回原来的请求（replayed: true）。
# Sent again, it answers with the first request.
mutation CreateAccounts($input: CreateAccountsInput!) {
  createAccounts(input: $input) {
    replayed
    requeuedTasks
    # 复制 requestId，在第 3、4 个标签页查看。
    # Tab 3 shows it, tab 4 watches it live.
    request {
      requestId
      status
      statusDisplay
      totalUsers
    }
    userErrorCount
    userErrors {
      code
      message
      path
      employeeNumber
    }
  }
}
`;

const upsertDepartmentMappings = `# 2. 导入部门映射：门户的部门 → 目标系统的部门和 OU。
#    Load mappings: a portal's department → theirs.
# 因缺少映射而失败的任务会重新排队（releasedTasks）。
# Tasks that failed for want of one are queued again.
mutation LoadDepartmentMappings($input: UpsertDepartmentMappingsInput!) {
  upsertDepartmentMappings(input: $input) {
    created
    updated
    unchanged
    releasedTasks
    userErrors {
      code
      message
      path
    }
  }
}
`;

const latestRequests = `# 3. 最近的请求：进度、人员和每个系统的任务。
#    The latest requests: progress, people, tasks.
query LatestRequests($first: Int!, $people: Int!) {
  requests(first: $first) {
    totalCount
    nodes {
      requestId
      businessKey
      status
      statusDisplay
      progress
      # 为什么还没有完成，怎样解决。
      # Why it is not done yet, and what would help.
      explanation
      totalUsers
      completedUsers
      failedUsers
      createdAt
      completedAt
      items(first: $people) {
        nodes {
          employeeNumber
          employeeName
          statusDisplay
          tasks {
            taskId
            system
            status
            attemptCount
            accountIdentifier
            explanation
          }
        }
      }
    }
  }
}
`;

const requestsProgress = `# 4. 实时进度：所有请求，先收到当前状态，之后每次变化一条。
#    Live progress: every request, the present state, then one event per change.
# 再点一次运行按钮即停止。只看一个请求：requestProgress(requestId: "…")。
# The same button stops it. One request alone: requestProgress(requestId: "…").
subscription RequestsProgress {
  requestsProgress {
    snapshot
    counts {
      status
      count
    }
    changedCount
    changed {
      percent
      processedUsers
      totalUsers
      taskCounts {
        system
        status
        count
      }
      request {
        requestId
        status
        statusDisplay
      }
    }
  }
}
`;

const failedTasks = `# 5. 失败的任务：原因、由谁处理，以及每一次尝试。
#    Failed tasks: why, whose turn it is, every attempt.
query FailedTasks($first: Int!, $filter: TaskFilter) {
  tasks(first: $first, filter: $filter) {
    totalCount
    nodes {
      taskId
      system
      statusDisplay
      person {
        employeeNumber
        fullName
      }
      explanation
      lastError {
        code
        message
        retryable
        fixBy
      }
      attempts {
        executionAttempt
        outcome
        errorMessage
        startedAt
        finishedAt
      }
    }
  }
}
`;

const taskStatistics = `# 6. 各系统的任务统计。
#    Tasks of each system, by status.
query TaskStatistics {
  taskStats {
    system
    total
    counts {
      status
      count
    }
  }
}
`;

/** The sample batch is the one of the first system's documentation. */
const operations: readonly ExampleOperation[] = [
  {
    query: createAccounts,
    variables: {
      input: {
        originSystem: 'HR_SYSTEM',
        businessKey: 'BATCH_GRAPHIQL_001',
        accountType: '供应商',
        employeeType: '1',
        systemList: ['IDAAS', 'WELINK', 'EMAIL'],
        userList: [
          samplePerson({ number: '1', name: '张三', departmentCode: 'D001' }),
          samplePerson({ number: '2', name: '李四', departmentCode: 'D002' }),
        ],
      },
    },
  },
  {
    query: upsertDepartmentMappings,
    variables: {
      input: {
        mappings: [
          { idataDepartmentCode: 'D001', idaasDepartmentCode: 'D001', ou: 'OU=D001,OU=Suppliers' },
          { idataDepartmentCode: 'D002', idaasDepartmentCode: 'D002', ou: 'OU=D002,OU=Suppliers' },
        ],
      },
    },
  },
  { query: latestRequests, variables: { first: 5, people: 10 } },
  { query: requestsProgress, variables: {} },
  { query: failedTasks, variables: { first: 10, filter: { status: ['FAILED'] } } },
  { query: taskStatistics, variables: {} },
];

/** Operations that GraphiQL opens with, commented in the reader's language. */
export const examples: Readonly<Record<Language, readonly ExampleOperation[]>> = {
  ZH_CN: operations.map((operation) => keepComments(operation, 'ZH_CN')),
  EN: operations.map((operation) => keepComments(operation, 'EN')),
};

/** The operations are written with each comment in both languages; a reader is shown one. */
function keepComments({ query, variables }: ExampleOperation, language: Language): ExampleOperation {
  let number = '';
  const lines = query.split('\n').flatMap((line) => {
    if (!/^\s*#/.test(line)) return [line];
    number = /^# (\d\. )/.exec(line)?.[1] ?? number;
    if (/\p{Script=Han}/u.test(line) !== (language === 'ZH_CN')) return [];
    return [line.replace(/^# {4}/, `# ${number}`)];
  });
  return { query: lines.join('\n'), variables };
}

function samplePerson(person: { number: string; name: string; departmentCode: string }) {
  return {
    employeeNumber: `TEST00${person.number}`,
    employeeName: person.name,
    departmentCode: person.departmentCode,
    phoneNumber: `1380013800${person.number}`,
    partnerCompany: '测试公司',
    country: '中国',
  };
}
