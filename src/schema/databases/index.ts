import type { ApiList } from '../building/api-list.ts';

/** The API of area 3: accounts of remote databases. */
export const databases: ApiList = {
  enumValues: {
    RunKind: {
      DATABASE_ACCOUNTS: { description: 'Accounts and permissions of remote databases.' },
    },
  },
};
