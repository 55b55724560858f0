import type { ApiList } from '../building/api-list.ts';
import './accounts/account-runs.ts';
import './accounts/import-first-system.ts';
import './accounts/account.ts';
import './explain/why-not.ts';
import './mappings/department-mapping.ts';
import './mappings/person-type-mapping.ts';
import './people/leavers.ts';
import './people/people.ts';
import './people/person.ts';
import './people/personal-data.ts';
import './people/timeline.ts';
import './progress/request-progress.ts';
import './progress/requests-progress.ts';
import './requests/account-preview.ts';
import './requests/account-request-item.ts';
import './requests/account-request.ts';
import './requests/create-accounts.ts';
import './requests/create-watch-token.ts';
import './requests/intake-facts.ts';
import './requests/request-items.ts';
import './requests/requests.ts';
import './tasks/account-task.ts';
import './tasks/activity.ts';
import './tasks/attempts.ts';
import './tasks/task-attempt.ts';
import './tasks/dismiss-tasks.ts';
import './tasks/task-batches.ts';
import './tasks/task-counts.ts';
import './tasks/task-runs.ts';

/** The API of area 1: accounts of people. */
export const provisioning: ApiList = {
  enumValues: {
    RunKind: {
      HR_SYNC: { description: 'People from HR.' },
      TASK_CREATION: { description: 'Tasks for people who lack accounts.' },
      TASK_PROCESSING: { description: 'A number of ready tasks, once each.' },
      LEAVERS: { description: 'Accounts of people who left.' },
      ACCOUNT_VERIFICATION: { description: 'Whether accounts are still there.' },
      FIRST_SYSTEM_IMPORT: {
        description: 'Data of the first system, and look-ups of the accounts it claims.',
      },
    },
    WebhookEvent: {
      REQUEST_FINISHED: {
        value: 'request.finished',
        description: '`request.finished`: every item of a request is final; once per round.',
      },
      TASK_FAILED: {
        value: 'task.failed',
        description: '`task.failed`: tasks failed; one digest per system, error code and quarter of an hour.',
      },
    },
    ErrorCode: {
      DUPLICATE_ROW: {
        description: 'The same employee number, or code, twice in one call. The caller keeps one row.',
      },
      IDEMPOTENCY_KEY_REUSED: {
        description: 'The key was used with other content. The caller takes another key or businessKey.',
      },
      NAME_DOUBTFUL: {
        description: 'The name hardly is one, and a Setting refuses such. The caller corrects it.',
      },
      PERSON_MISMATCH: {
        description: 'The employee number belongs to a person of another name. The caller checks both.',
      },
      PHONE_NOT_MOBILE: { description: 'A mobile number is needed. The caller sends one.' },
      DEPARTMENT_UNMAPPED: { description: 'The department has no mapping. The operator adds one.' },
      PERSON_TYPE_UNMAPPED: { description: 'The person type has no mapping. The operator adds one.' },
      OWNED_BY_HR: { description: 'HR owns the value. It is corrected there, and comes with the next sync.' },
      IDENTIFIER_TAKEN: {
        description:
          "The name or account is another person's, or was. The caller takes another, or settles whose it is.",
      },
      UNVERIFIED: {
        description:
          'The system could not be asked now. The caller tries again later, or takes responsibility.',
      },
      EMAIL_DOMAIN_MISSING: { description: 'There is no domain for an address. The operator sets one.' },
      LOGIN_TOO_LONG: {
        description: 'No login fits the limit of the directory. A shorter number is needed.',
      },
    },
  },
};
