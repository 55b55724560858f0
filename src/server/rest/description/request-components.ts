import {
  anyObject,
  boolean,
  inputOf,
  integer,
  type JsonSchema,
  listOf,
  objectOf,
  oneOf,
  orNull,
  ref,
  text,
  textOrNull,
  textUpTo,
  time,
} from './schema-parts.ts';

/** Fields under both of their names; the times of each are described alike. */
function bothNames(properties: Readonly<Record<string, JsonSchema>>): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, schema]) => {
      const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      return snake === name
        ? [[name, schema] as const]
        : ([
            [name, schema],
            [snake, schema],
          ] as const);
    }),
  );
}

const user = inputOf(
  {
    employeeNumber: textUpTo(50),
    employeeName: textUpTo(100),
    departmentCode: textUpTo(50),
    phoneNumber: textUpTo(40),
    country: textUpTo(50),
  },
  { partnerCompany: { ...textOrNull, maxLength: 100 } },
);

const person = { fullName: text, email: textOrNull };

const problem = objectOf({
  code: text,
  message: text,
  path: { type: ['array', 'null'], items: text },
  employeeNumber: textOrNull,
});

/** Schemas of create_accounts and of its requests. */
export const requestComponents: Readonly<Record<string, JsonSchema>> = {
  AccountCreationUser: user,
  AccountCreationRequest: inputOf({
    originSystem: textUpTo(50),
    businessKey: textUpTo(50),
    accountType: textUpTo(50),
    employeeType: textUpTo(50),
    systemList: { ...listOf(ref('AccountTypeEnum')), minItems: 1 },
    userList: { ...listOf(ref('AccountCreationUser')), minItems: 1, maxItems: 10_000 },
  }),
  AccountCreationAccepted: objectOf({
    success: boolean,
    requestId: text,
    status: ref('AccountCreationRequestDetailStatusEnum'),
    totalUsers: integer,
    message: text,
    errors: listOf(objectOf({ user: {}, errors: anyObject })),
    created_tasks: integer,
    tasks: listOf(ref('AccountCreationTask')),
    replayed: boolean,
    rejectedUsers: integer,
  }),
  AccountCreationRefused: objectOf({
    success: { const: false },
    errors: anyObject,
    userErrors: listOf(problem),
    userErrorCount: integer,
  }),
  AccountCreationKeyReused: objectOf({
    success: { const: false },
    errors: anyObject,
    code: text,
    existingRequestId: textOrNull,
  }),
  AccountCreationRequestDetailStatusEnum: oneOf(
    'pending',
    'processing',
    'completed',
    'partial_failed',
    'failed',
  ),
  AccountCreationRequestDetail: objectOf(
    bothNames({
      requestId: text,
      originSystem: text,
      businessKey: text,
      accountType: text,
      employeeType: text,
      systemList: listOf(ref('AccountTypeEnum')),
      status: ref('AccountCreationRequestDetailStatusEnum'),
      state: text,
      status_display: text,
      totalUsers: integer,
      processedUsers: integer,
      progress: text,
      errorSummary: { type: ['array', 'null'], items: anyObject },
      createdAt: time,
      updatedAt: time,
      completedAt: orNull(time),
      items: listOf(ref('AccountCreationRequestItem')),
    }),
  ),
  AccountCreationRequestItemStatusEnum: oneOf('pending', 'synced', 'task_created', 'completed', 'failed'),
  AccountCreationRequestItem: objectOf({
    ...bothNames({
      id: integer,
      employeeNumber: text,
      employeeName: text,
      departmentCode: text,
      phoneNumber: text,
      partnerCompany: textOrNull,
      country: text,
      status: ref('AccountCreationRequestItemStatusEnum'),
      state: text,
      status_display: text,
      errorMessage: textOrNull,
      createdAt: time,
      updatedAt: time,
    }),
    hrPersonInfo: orNull(objectOf({ employeeNumber: text, ...person })),
    hr_person_info: orNull(objectOf({ employee_number: text, full_name: text, email: textOrNull })),
  }),
};
