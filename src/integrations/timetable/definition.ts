import { z } from 'zod';
import { Secret } from '../../secret.ts';
import type { TimetableSource } from '../contract/timetable-source.ts';
import type { OptionalUpstreamDefinition } from '../contract/upstream.ts';
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

const variables = ['TIMETABLE_DATABASE_URL'];

/** The school's timetable tables: without them there is no calendar sync. */
export const timetable: OptionalUpstreamDefinition<{ readonly url: Secret }, unknown, TimetableSource> = {
  system: TIMETABLE_SYSTEM,
  facet: 'timetable',
  displayName: { zh: '课表数据源', en: 'Timetable source' },
  environment,
  variables,
  required: variables,
  connect: (config) => connectTimetable(config),
};
