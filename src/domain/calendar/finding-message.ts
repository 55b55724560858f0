import type { Locale } from '../errors/error-entry.ts';
import type { FindingKind, FindingSubject } from './states.ts';

const subjects: Readonly<Record<FindingSubject, Readonly<Record<Locale, string>>>> = {
  CALENDAR: { ZH_CN: '日历', EN: 'calendar' },
  EVENT: { ZH_CN: '日程', EN: 'event' },
  MEMBER: { ZH_CN: '成员', EN: 'member' },
};

const texts: Readonly<Record<FindingKind, Readonly<Record<Locale, string>>>> = {
  MISSING_REMOTE: {
    ZH_CN: 'WPS 中缺少已记录的{subject} {name}。reconcileCalendars（mode: RUN）会重新建立。',
    EN: 'The {subject} {name} is recorded here and missing at WPS. reconcileCalendars with mode RUN makes it again.',
  },
  ORPHAN_REMOTE: {
    ZH_CN: 'WPS 中的{subject} {name} 是本系统建立的，但已无对应记录。reconcileCalendars（mode: RUN）会删除。',
    EN: 'The {subject} {name} at WPS is ours and has no record here any more. reconcileCalendars with mode RUN deletes it.',
  },
  DRIFT: {
    ZH_CN: 'WPS 中的{subject} {name} 与记录不一致（{differs}）。reconcileCalendars（mode: RUN）会改回。',
    EN: 'The {subject} {name} at WPS differs from the record ({differs}). reconcileCalendars with mode RUN brings it in line.',
  },
  FOREIGN: {
    ZH_CN: 'WPS 中的{subject} {name} 由他人建立，本系统不会改动。',
    EN: 'The {subject} {name} at WPS was made by somebody else and is never touched.',
  },
};

/** Describes a finding and what to do about it. */
export function findingMessage(
  finding: {
    readonly kind: FindingKind;
    readonly subject: FindingSubject;
    readonly details: Readonly<Record<string, unknown>>;
    readonly remote_id: string | null;
  },
  locale: Locale,
): string {
  const { kind, subject, details, remote_id } = finding;
  const named = ['externalId', 'userNo', 'offering', 'summary', 'title'].map((name) => details[name]);
  const name = named.find((value) => typeof value === 'string' && value !== '') ?? remote_id ?? '';
  const differs =
    details['fields'] ?? `${details['title'] ?? details['role'] ?? ''} → ${details['there'] ?? ''}`;
  return texts[kind][locale]
    .replace('{subject}', subjects[subject][locale])
    .replace('{name}', String(name))
    .replace('{differs}', String(differs));
}
