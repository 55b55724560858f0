import { call } from '../api/call.ts';
import { FindDocument } from '../api/generated/graphql.ts';
import { addressOf } from '../parts/go.tsx';

/** Something that a search found. */
export interface Hit {
  readonly to: string;
  readonly kind: 'request' | 'person' | 'more people' | 'more requests';
  readonly text: string;
  readonly detail: string;
}

const FIRST = 5;

/** Where an id leads whose form says what it is; null: it is something to search for. */
export function pageOfId(text: string): string | null {
  const id = text.trim();
  if (/^req_\d{8}_[0-9a-f]{12}$/.test(id)) return `/requests/${id}`;
  if (/^run_/.test(id)) return `/runs/${id}`;
  if (/^.+_[A-Z]+_[0-9a-f]{8}$/.test(id)) return `/tasks/${encodeURIComponent(id)}`;
  if (/^evt_/.test(id)) return addressOf('/deliveries', { eventId: id });
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(id))
    return addressOf('/audit', { correlationId: id });
  return null;
}

/** People by number, name or e-mail, and requests by business key: whatever the principal may see of them. */
export async function find(
  text: string,
  may: (...scopes: string[]) => boolean,
  signal?: AbortSignal,
): Promise<Hit[]> {
  const search = text.trim();
  const variables = {
    search,
    first: FIRST,
    people: may('people:read'),
    requests: may('requests:read'),
  };
  const { person, people, requests } = await call(
    FindDocument,
    variables,
    signal === undefined ? {} : { signal },
  );
  const found = [...(person ? [person] : []), ...(people?.nodes ?? [])];
  const unique = [...new Map(found.map((each) => [each.employeeNumber, each])).values()];
  return [
    ...unique.map(({ employeeNumber, fullName, emailAddress }) => ({
      to: `/people/${encodeURIComponent(employeeNumber)}`,
      kind: 'person' as const,
      text: `${fullName} ${employeeNumber}`,
      detail: emailAddress ?? '',
    })),
    ...(people?.nodes.length === FIRST
      ? [{ to: addressOf('/people', { search }), kind: 'more people' as const, text: search, detail: '' }]
      : []),
    ...(requests?.nodes ?? []).map(({ requestId, businessKey, statusDisplay }) => ({
      to: `/requests/${requestId}`,
      kind: 'request' as const,
      text: businessKey,
      detail: `${requestId} ${statusDisplay}`,
    })),
    ...(requests?.nodes.length === FIRST
      ? [
          {
            to: addressOf('/requests', { key: search }),
            kind: 'more requests' as const,
            text: search,
            detail: '',
          },
        ]
      : []),
  ];
}
