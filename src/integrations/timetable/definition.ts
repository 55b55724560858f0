import { z } from 'zod';
import { Secret } from '../../secret.ts';
import type { TimetableSource } from '../contract/timetable-source.ts';
import { textVariable } from '../contract/variables.ts';
import { connectTimetable, TIMETABLE_SYSTEM } from './source.ts';

const EXPECTED = 'a mysql://, mariadb:// or postgres:// URL';
const SCHEMES = new Set(['mysql:', 'mariadb:', 'postgres:', 'postgresql:']);

const environment = z
  .object({
    TIMETABLE_DATABASE_URL: textVariable(EXPECTED).refine(
      (text) => SCHEMES.has(URL.parse(text)?.protocol ?? ''),
      `expected ${EXPECTED}`,
    ),
  })
  .transform(({ TIMETABLE_DATABASE_URL: url }) => ({ url: new Secret(url) }));

const variables = ['TIMETABLE_DATABASE_URL'] as const;

/** The school's timetable tables: without them there is no calendar sync. */
export const timetable = {
  system: TIMETABLE_SYSTEM,
  environment,
  variables,
  required: variables,
  connect(config: { readonly url: Secret }): TimetableSource {
    return connectTimetable(config);
  },
};
