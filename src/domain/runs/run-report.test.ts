import { expect, test } from 'vitest';
import { markdownReport, type ReportedRun } from './run-report.ts';

const run: ReportedRun = {
  runId: 'run_20261201_aaaaaaaaaaaa',
  kind: 'CALENDAR_FULL',
  scope: '2024-2025-2',
  mode: 'RUN',
  status: 'COMPLETED_WITH_ERRORS',
  error: null,
  summary: { events: { failed: 0, created: 9 }, calendars: { created: 3 }, rejected: 2, lessons: 40 },
  startedAt: '2026-12-01T01:00:00.000Z',
  finishedAt: '2026-12-01T01:00:10.000Z',
  seconds: 10,
  steps: [{ key: 'events.update', status: 'COMPLETED', done: 0, total: 0, failed: 0 }],
  outcomes: [{ outcome: 'CREATED', code: null, count: 12 }],
};

const report = (locale: 'ZH_CN' | 'EN') =>
  markdownReport(run, { locale, timeZone: 'Asia/Shanghai', errorText: ({ code }) => code });

test('a report is in the language of its reader, with counts in the order of the work', () => {
  const lines = report('ZH_CN').split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      '# 日历全量同步',
      '| 方式 | 执行 |',
      '| 状态 | 完成但有错误 |',
      '| 开始 | 2026-12-01 09:00:00 +08:00 |',
      '| 对象 | 新增 | 失败 |',
      '| 日历 | 3 |  |',
      '| 日程 | 9 | 0 |',
      '| 已创建 |  | 12 |',
      '| 更新与删除日程 | 已完成 | 0 | 0 |',
    ]),
  );
  expect(lines.indexOf('| 课表行 | 40 |')).toBeLessThan(lines.indexOf('| 未采用的课表行 | 2 |'));
  expect(report('EN')).toContain('| Status | completed with errors |');
  expect(report('EN')).toContain('| What | created | failed |');
});
