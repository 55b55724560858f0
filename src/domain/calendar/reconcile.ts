import type { EventContent } from './event-content.ts';
import { externalIdsIn } from './external-id.ts';
import type { CalendarRole, FindingKind, FindingSubject } from './states.ts';

/** A difference between our record and the calendar service. */
export interface Finding {
  readonly kind: FindingKind;
  readonly subject: FindingSubject;
  /** The same difference has the same key in every run. */
  readonly key: string;
  /** Primary key of the block or member it is about, where there is one. */
  readonly row: string | null;
  readonly remoteId: string | null;
  readonly details: Readonly<Record<string, string | null>>;
}

/** An event as we recorded it. */
export interface RecordedEvent {
  readonly row: string;
  readonly externalId: string;
  readonly remoteId: string;
  readonly content: EventContent;
}

/** An event as the service has it. */
export interface PresentEvent {
  readonly id: string;
  readonly summary: string;
  readonly description: string;
  readonly startsAtMs: number | null;
  readonly endsAtMs: number | null;
  readonly location: string | null;
}

/** Compares the events of one calendar. An event without our marker is foreign. */
export function compareEvents(
  calendar: string,
  recorded: readonly RecordedEvent[],
  present: readonly PresentEvent[],
): Finding[] {
  const there = new Map(present.map((event) => [event.id, event]));
  const known = new Set(recorded.map(({ remoteId }) => remoteId));
  const findings: Finding[] = [];
  for (const { row, externalId, remoteId, content } of recorded) {
    const event = there.get(remoteId);
    const about = { subject: 'EVENT', row, remoteId } as const;
    if (event === undefined)
      findings.push({
        kind: 'MISSING_REMOTE',
        key: `event:${externalId}`,
        ...about,
        details: { externalId },
      });
    else {
      const fields = driftOf(event, content);
      if (fields.length > 0)
        findings.push({
          kind: 'DRIFT',
          key: `event:${externalId}`,
          ...about,
          details: { externalId, fields: fields.join() },
        });
    }
  }
  for (const { id, summary, description } of present) {
    if (known.has(id)) continue;
    const [externalId = null] = externalIdsIn(description);
    findings.push({
      kind: externalId === null ? 'FOREIGN' : 'ORPHAN_REMOTE',
      subject: 'EVENT',
      key: `event:${calendar}:${id}`,
      row: null,
      remoteId: id,
      details: { externalId, summary },
    });
  }
  return findings;
}

function driftOf(event: PresentEvent, content: EventContent): string[] {
  const differs = {
    summary: event.summary !== content.summary,
    description: event.description !== content.description,
    start: event.startsAtMs !== Date.parse(content.startsAt),
    end: event.endsAtMs !== Date.parse(content.endsAt),
    location: event.location !== content.location,
  };
  return Object.entries(differs).flatMap(([field, isOther]) => (isOther ? [field] : []));
}

/** A member as we recorded them; `actualRole` null: not, or no longer. */
export interface RecordedMember {
  readonly row: string;
  readonly userNo: string;
  readonly actualRole: CalendarRole | null;
}

/** A member as the service has them. */
export interface PresentMember {
  readonly permissionId: string;
  readonly userNo: string;
  readonly role: CalendarRole | null;
}

/**
 * Compares the members of one calendar. A member that we added once and removed is an orphan. One that we never added
 * is foreign, except for an owner: the service lists the creator of the calendar as owner.
 */
export function compareMembers(
  offering: string,
  recorded: readonly RecordedMember[],
  present: readonly PresentMember[],
): Finding[] {
  const there = new Map(present.map((member) => [member.userNo, member]));
  const known = new Map(recorded.map((member) => [member.userNo, member]));
  const findings: Finding[] = [];
  for (const { row, userNo, actualRole } of recorded) {
    if (actualRole === null) continue;
    const member = there.get(userNo);
    const about = { subject: 'MEMBER', key: `member:${offering}:${userNo}`, row } as const;
    if (member === undefined)
      findings.push({
        kind: 'MISSING_REMOTE',
        ...about,
        remoteId: null,
        details: { userNo, role: actualRole },
      });
    else if (member.role !== actualRole)
      findings.push({
        kind: 'DRIFT',
        ...about,
        remoteId: member.permissionId,
        details: { userNo, role: actualRole, there: member.role },
      });
  }
  for (const { permissionId, userNo, role } of present) {
    const before = known.get(userNo);
    if (before !== undefined && before.actualRole !== null) continue;
    if (before === undefined && role === 'OWNER') continue;
    findings.push({
      kind: before === undefined ? 'FOREIGN' : 'ORPHAN_REMOTE',
      subject: 'MEMBER',
      key: `member:${offering}:${userNo}`,
      row: before?.row ?? null,
      remoteId: permissionId,
      details: { userNo, there: role },
    });
  }
  return findings;
}
