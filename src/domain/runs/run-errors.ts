import type { ErrorEntry } from '../error-entry.ts';

/** Why a run ended without its work, whatever it was to do. */
export const runErrors = {
  RUN_ABANDONED: {
    zh: '运行 {runId} 连续 {attempts} 次没有进展就中断，已停止。请管理员查看日志后重新启动。',
    en: 'Run {runId} broke off {attempts} times in a row without getting further and was stopped. The operator has to look at the log, then start it again.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
} as const satisfies Record<string, ErrorEntry>;
