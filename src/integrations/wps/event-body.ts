import type { EventContent } from '../../domain/calendar/event-content.ts';

const REMINDER_MINUTES = 15;

/** An event as `events/batch_create` takes it (calendar-facts.md appendix C). */
export function eventBody(content: EventContent): Record<string, unknown> {
  return {
    summary: content.summary,
    description: content.description,
    start_time: { datetime: content.startsAt },
    end_time: { datetime: content.endsAt },
    locations: [{ name: content.location }],
    reminders: [{ minutes: REMINDER_MINUTES }],
  };
}

/** The body of `events/{id}/update`: attendees are not notified of a corrected room (calendar.md §7). */
export function updateBody(content: EventContent): Record<string, unknown> {
  return { ...eventBody(content), is_notification: false };
}
