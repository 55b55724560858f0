import { builder } from '../building/builder.ts';
import { addNode } from '../building/node.ts';
import { encodeGlobalId } from '../reading/global-id.ts';
import { errorField } from './calendar-error.ts';
import { CalendarEventStateEnum } from './enums.ts';
import { blockById, CalendarEvent, CourseCalendar, calendarById, LessonBlock } from './rows.ts';

CalendarEvent.implement({
  description: 'The event of a block in its calendar at WPS.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({
      description: 'Unique over all types; for `node`.',
      resolve: ({ id }) => encodeGlobalId('CalendarEvent', id),
    }),
    calendar: t.field({
      type: CourseCalendar,
      description: 'The calendar it is in.',
      resolve: async (event, _args, scope) => {
        const calendar = await calendarById(scope).load(event.calendar_id);
        if (calendar === null) throw new Error(`Calendar ${event.calendar_id} of an event is missing.`);
        return calendar;
      },
    }),
    block: t.field({ type: LessonBlock, description: 'The lessons it is about.', resolve: (event) => event }),
    wpsEventId: t.exposeString('wps_event_id', { nullable: true, description: 'Its id at WPS.' }),
    state: t.field({
      type: CalendarEventStateEnum,
      description: 'Its state.',
      resolve: (event) => event.event_state,
    }),
    error: t.field(errorField('What WPS said last; null when nothing is wrong.')),
    syncedAt: t.expose('synced_at', {
      type: 'DateTime',
      nullable: true,
      description: 'When WPS last confirmed it.',
    }),
  }),
});

addNode('CalendarEvent', { rule: ['calendars:read', 'operate'], loader: blockById });

export const CalendarEventConnection = builder.connectionObject(
  { type: CalendarEvent, name: 'CalendarEventConnection', description: 'A page of events.' },
  { name: 'CalendarEventEdge', description: 'An event and its cursor.' },
);
