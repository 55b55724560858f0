import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/** Fields of an event, as sent. */
const eventFields = z.record(z.string(), z.unknown());

const change = z.discriminatedUnion('what', [
  z.object({ what: z.literal('calendar'), id: z.string(), summary: z.string() }),
  z.object({ what: z.literal('calendar-gone'), id: z.string() }),
  z.object({
    what: z.literal('member'),
    calendar: z.string(),
    id: z.string(),
    user: z.string(),
    role: z.string(),
  }),
  z.object({ what: z.literal('member-gone'), calendar: z.string(), id: z.string() }),
  z.object({ what: z.literal('event'), calendar: z.string(), id: z.string(), fields: eventFields }),
  z.object({ what: z.literal('event-gone'), calendar: z.string(), id: z.string() }),
]);
/** One effect. */
export type Change = z.infer<typeof change>;

export interface PlayedMember {
  readonly id: string;
  readonly user: string;
  readonly role: string;
}

export interface PlayedEvent {
  readonly id: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A calendar as WPS holds it. */
export interface PlayedCalendar {
  readonly id: string;
  summary: string;
  /** By permission id. */
  readonly members: Map<string, PlayedMember>;
  /** By user. */
  readonly byUser: Map<string, PlayedMember>;
  readonly events: Map<string, PlayedEvent>;
}

/** The calendars, in the order in which they were made; kept in an append-only file when one is named. */
export interface CalendarStore {
  readonly calendars: ReadonlyMap<string, PlayedCalendar>;
  newId(kind: string): string;
  apply(effect: Change): void;
  clear(): void;
}

/** Opens the store; what an earlier run did is there again. */
export function createCalendarStore(stateFile: string | null): CalendarStore {
  const calendars = new Map<string, PlayedCalendar>();
  let given = 0;

  function play(effect: Change): void {
    given += 1;
    if (effect.what === 'calendar') {
      const known = calendars.get(effect.id);
      if (known !== undefined) known.summary = effect.summary;
      else
        calendars.set(effect.id, {
          id: effect.id,
          summary: effect.summary,
          members: new Map(),
          byUser: new Map(),
          events: new Map(),
        });
      return;
    }
    if (effect.what === 'calendar-gone') {
      calendars.delete(effect.id);
      return;
    }
    const calendar = calendars.get(effect.calendar);
    if (calendar !== undefined) playInside(calendar, effect);
  }

  for (const effect of stateFile === null ? [] : readState(stateFile)) play(effect);

  return {
    calendars,
    newId(kind) {
      given += 1;
      return `${kind}-${given}`;
    },
    apply(effect) {
      play(effect);
      if (stateFile !== null) appendFileSync(stateFile, `${JSON.stringify(effect)}\n`);
    },
    clear() {
      calendars.clear();
      if (stateFile !== null) writeFileSync(stateFile, '');
    },
  };
}

function playInside(
  calendar: PlayedCalendar,
  effect: Exclude<Change, { what: 'calendar' | 'calendar-gone' }>,
): void {
  switch (effect.what) {
    case 'member': {
      const member = { id: effect.id, user: effect.user, role: effect.role };
      calendar.members.set(effect.id, member);
      calendar.byUser.set(effect.user, member);
      return;
    }
    case 'member-gone': {
      const member = calendar.members.get(effect.id);
      calendar.members.delete(effect.id);
      if (member !== undefined) calendar.byUser.delete(member.user);
      return;
    }
    case 'event':
      calendar.events.set(effect.id, { id: effect.id, fields: effect.fields });
      return;
    case 'event-gone':
      calendar.events.delete(effect.id);
      return;
  }
}

/** A line cut short by a crash is skipped, as its effect was never answered. */
function readState(file: string): Change[] {
  mkdirSync(dirname(file), { recursive: true });
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const effect = change.safeParse(parseLine(line));
      return effect.success ? [effect.data] : [];
    });
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
