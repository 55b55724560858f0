import type { ApiList } from '../building/api-list.ts';
import './account.ts';
import './change.ts';
import './classification-rules.ts';
import './coverage.ts';
import './instance.ts';
import './instances.ts';
import './leavers.ts';
import './permission.ts';
import './questions.ts';
import './registry.ts';

/** The API of area 3: accounts of remote databases. */
export const databases: ApiList = {
  enumValues: {
    RunKind: {
      DATABASE_ACCOUNTS: { description: 'Accounts and permissions of remote databases.' },
    },
    WebhookEvent: {
      DATABASE_ACCOUNT_CHANGED: {
        value: 'database.account.changed',
        description:
          '`database.account.changed`: a run logged changes at an instance; one digest per instance and run, none for its first.',
      },
      DATABASE_PRIVILEGED_ACCOUNT_APPEARED: {
        value: 'database.privileged_account.appeared',
        description:
          '`database.privileged_account.appeared`: an account has become SUPERUSER or GRANT_ADMIN, or is new as such.',
      },
    },
    ErrorCode: {
      NAME_TAKEN: { description: 'The name is in use. The caller takes another.' },
    },
  },
};
