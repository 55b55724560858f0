import { z } from 'zod';
import { eventKind, type MailTemplate, NO_MAIL } from '../notifications/event-kind.ts';

const stops: MailTemplate = {
  zh: [
    '学期 {term} 的日历同步已停止',
    '运行 {runId} 因 {system} 的问题停止（{code}）；已完成的部分不受影响。',
    '排除问题后请用 resumeRun（runId "{runId}"）继续。',
  ],
  en: [
    'Calendar sync of term {term} was stopped',
    'Run {runId} was stopped by a problem of {system} ({code}); what is done stays.',
    'Put it right, then call resumeRun with the runId "{runId}".',
  ],
};

/** Events of calendar runs. */
export const calendarEvents = [
  eventKind('calendar.run_finished', {
    data: z.looseObject({
      runId: z.string(),
      kind: z.string(),
      term: z.string(),
      effects: z.int(),
      summary: z.record(z.string(), z.unknown()),
    }),
    mail: () => NO_MAIL,
  }),
  eventKind('calendar.system_error', {
    data: z.looseObject({
      runId: z.string(),
      term: z.string(),
      system: z.string(),
      code: z.string(),
    }),
    mail: () => ({ template: stops, toOperators: true }),
  }),
] as const;
