import type { AccountSystem } from '../api/generated/graphql.ts';

/** The systems of this version's API, for filters. */
export const systems = ['IDAAS', 'WELINK', 'EMAIL'] as const satisfies readonly AccountSystem[];

/** Their names on screen. */
export const systemNames: Readonly<Record<string, string>> = {
  IDAAS: 'IDaaS',
  WELINK: 'WeLink',
  EMAIL: 'Email',
  HIEDS: 'HR',
};

export function systemName(code: string | null | undefined): string {
  return code === null || code === undefined ? '–' : (systemNames[code] ?? code);
}

export const systemOptions = systems.map((value) => ({ value, label: systemName(value) }));
