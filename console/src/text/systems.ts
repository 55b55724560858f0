import type { AccountSystem } from '../api/generated/graphql.ts';
import { preferredLanguage } from './language.ts';

/** The systems of this version's API, for filters. */
export const systems = ['IDAAS', 'WELINK', 'EMAIL'] as const satisfies readonly AccountSystem[];

/** Their names on screen; another language comes with a page of its own. */
const systemNames: Readonly<Record<string, string>> =
  preferredLanguage() === 'EN'
    ? {
        IDAAS: 'IDaaS',
        WELINK: 'WeLink',
        EMAIL: 'Mailbox',
        HIEDS: 'HR',
        HR: 'HR',
        WPS: 'WPS',
        TIMETABLE: 'Timetable',
      }
    : {
        IDAAS: 'IDaaS',
        WELINK: 'WeLink',
        EMAIL: '邮箱',
        HIEDS: '人事系统',
        HR: '人事系统',
        WPS: 'WPS',
        TIMETABLE: '课表',
      };

export function systemName(code: string | null | undefined): string {
  return code === null || code === undefined ? '–' : (systemNames[code] ?? code);
}

export const systemOptions = systems.map((value) => ({ value, label: systemName(value) }));
