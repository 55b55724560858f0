import { displayRunKind } from '../../runs/run-kinds.ts';
import type { CalendarRunKind } from '../run-kinds.ts';
import { type CalendarSummary, calendarSubjects } from './run-summary.ts';

const names = { calendars: '日历', events: '日程', members: '成员' } as const;

/** The message that people at WPS get about a run that changed something, in the school's language. */
export function finishedMessage(run: {
  readonly runId: string;
  readonly kind: CalendarRunKind;
  readonly term: string;
  readonly summary: CalendarSummary;
}): string {
  const { summary } = run;
  const lines = calendarSubjects.map((subject) => {
    const { created, updated, deleted, failed } = summary[subject];
    return `${names[subject]}：新增 ${created}，更新 ${updated}，删除 ${deleted}，失败 ${failed}`;
  });
  return [
    `学期 ${run.term} 的${displayRunKind(run.kind, 'ZH_CN')}已完成（${run.runId}）`,
    ...lines,
    `未采用的课表行 ${summary.rejected}，WPS 中没有的人员 ${summary.members.missing}，冲突 ${summary.conflicts}`,
  ].join('\n');
}
