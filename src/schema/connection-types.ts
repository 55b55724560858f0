import type { Builder } from './builder.ts';

/** The connection types; their rows, pages and counts come from `listing.ts`. */
export function addConnections(builder: Builder) {
  return {
    requests: builder.connectionObject(
      { type: 'AccountRequest', name: 'AccountRequestConnection', description: 'A page of requests.' },
      { name: 'AccountRequestEdge', description: 'A request and its cursor.' },
    ),
    items: builder.connectionObject(
      { type: 'AccountRequestItem', name: 'AccountRequestItemConnection', description: 'A page of items.' },
      { name: 'AccountRequestItemEdge', description: 'An item and its cursor.' },
    ),
    tasks: builder.connectionObject(
      { type: 'AccountTask', name: 'AccountTaskConnection', description: 'A page of tasks.' },
      { name: 'AccountTaskEdge', description: 'A task and its cursor.' },
    ),
    people: builder.connectionObject(
      { type: 'Person', name: 'PersonConnection', description: 'A page of people.' },
      { name: 'PersonEdge', description: 'A person and their cursor.' },
    ),
    personEvents: builder.connectionObject(
      { type: 'PersonEvent', name: 'PersonEventConnection', description: 'A page of events.' },
      { name: 'PersonEventEdge', description: 'An event and its cursor.' },
    ),
    runs: builder.connectionObject(
      { type: 'SyncRun', name: 'SyncRunConnection', description: 'A page of runs.' },
      { name: 'SyncRunEdge', description: 'A run and its cursor.' },
    ),
    runItems: builder.connectionObject(
      { type: 'RunItem', name: 'RunItemConnection', description: 'A page of records of a run.' },
      { name: 'RunItemEdge', description: 'A record and its cursor.' },
    ),
    departmentMappings: builder.connectionObject(
      {
        type: 'DepartmentMapping',
        name: 'DepartmentMappingConnection',
        description: 'A page of department mappings.',
      },
      { name: 'DepartmentMappingEdge', description: 'A mapping and its cursor.' },
    ),
    webhookDeliveries: builder.connectionObject(
      { type: 'WebhookDelivery', name: 'WebhookDeliveryConnection', description: 'A page of deliveries.' },
      { name: 'WebhookDeliveryEdge', description: 'A delivery and its cursor.' },
    ),
    poisonMessages: builder.connectionObject(
      {
        type: 'PoisonMessage',
        name: 'PoisonMessageConnection',
        description: 'A page of poison messages.',
      },
      { name: 'PoisonMessageEdge', description: 'A message and its cursor.' },
    ),
    apiKeys: builder.connectionObject(
      { type: 'ApiKey', name: 'ApiKeyConnection', description: 'A page of API keys.' },
      { name: 'ApiKeyEdge', description: 'A key and its cursor.' },
    ),
    auditEntries: builder.connectionObject(
      { type: 'AuditEntry', name: 'AuditEntryConnection', description: 'A page of the audit log.' },
      { name: 'AuditEntryEdge', description: 'An entry and its cursor.' },
    ),
    settingChanges: builder.connectionObject(
      {
        type: 'SettingChange',
        name: 'SettingChangeConnection',
        description: 'A page of changes of Settings.',
      },
      { name: 'SettingChangeEdge', description: 'A change and its cursor.' },
    ),
  };
}
