/** Kinds of things that the audit log tells of; areas that add tables add theirs. */
export const auditKinds = [
  'REQUEST',
  'REQUEST_ITEM',
  'TASK',
  'ACCOUNT',
  'RUN',
  'PERSON',
  'SETTING',
  'DEPARTMENT_MAPPING',
  'PERSON_TYPE_MAPPING',
  'WEBHOOK',
  'API_KEY',
  'SYSTEM',
  'AUDIT',
] as const;
