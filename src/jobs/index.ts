import { type JobArea, joinAreas } from './areas/area.ts';
import { calendar } from './calendar/index.ts';
import { core } from './core/index.ts';
import { databases } from './databases/index.ts';
import { provisioning } from './provisioning/index.ts';

/** The areas, in the order in which their work starts. An area is added here and nowhere else in this layer. */
const areas: readonly JobArea[] = [core, provisioning, calendar, databases];

/** All areas, joined. */
export const allAreas = joinAreas(areas);
