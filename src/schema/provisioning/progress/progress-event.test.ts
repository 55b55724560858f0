import { describe, expect, it } from 'vitest';
import { advance } from './progress-event.ts';
import type { ProgressSnapshot } from './read-progress.ts';

function snapshot(given: { readonly settled: number; readonly round?: number }): ProgressSnapshot {
  const moment = '2026-11-22 03:28:16+00';
  return {
    request: {
      id: '1',
      request_id: 'r',
      origin_system: 'OA',
      business_key: 'K',
      account_type: '11',
      employee_type: '1',
      system_list: ['IDAAS', 'EMAIL'],
      priority: 'NORMAL',
      status: 'PROCESSING',
      round: given.round ?? 1,
      total_users: 5,
      created_by: 'admin',
      cancelled_at: null,
      created_at: moment,
      updated_at: moment,
      completed_at: null,
      purged_at: null,
      rejected_users: 0,
    },
    totals: [{ request_id: '1', status: 'TASK_CREATED', count: 5, settled: given.settled }],
    tasks: [],
    mark: moment,
  };
}

describe('the percentage of a request', () => {
  it('never goes back within a round', () => {
    const before = advance(null, snapshot({ settled: 4 }), 0);
    expect(before.percent).toBe(40);
    expect(advance(before, snapshot({ settled: 3 }), 1_000).percent).toBe(40);
    expect(advance(before, snapshot({ settled: 5 }), 1_000).percent).toBe(50);
  });

  it('begins anew with a round, and so does the rate', () => {
    const before = advance(null, snapshot({ settled: 9 }), 0);
    const after = advance(before, snapshot({ settled: 2, round: 2 }), 1_000);
    expect(after.percent).toBe(20);
    expect(after.samples).toHaveLength(1);
  });
});
