import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const text = readFileSync('docs/alerts.yaml', 'utf8');
const rule = z.strictObject({
  alert: z.string(),
  expr: z.string(),
  for: z.string().optional(),
  labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
  annotations: z.strictObject({ summary: z.string(), action: z.string() }),
});
const { groups } = z
  .strictObject({ groups: z.array(z.strictObject({ name: z.string(), rules: z.array(rule) })) })
  .parse(parse(text));
const rules = groups.flatMap((group) => group.rules);

const FIGURE = /accountsync_[a-z_]+/g;

test('these alerts page an operator, and no others', () => {
  const paged = rules.filter(({ labels }) => labels.severity === 'page');
  expect(paged.map(({ alert }) => alert)).toEqual([
    'AccountSyncCredentialsRefused',
    'AccountSyncNoSuccessfulSync',
    'AccountSyncReadyTaskWaits',
    'AccountSyncTaskUncertain',
    'AccountSyncDeadLetter',
    'AccountSyncAuditBroken',
  ]);
});

test('every figure is explained at the top, and /metrics has it', () => {
  const used = new Set(rules.flatMap(({ expr }) => expr.match(FIGURE) ?? []));
  const explained = text
    .split('\n')
    .flatMap((line) => /^# {3}(accountsync_[a-z_]+) {2,}\S/.exec(line)?.[1] ?? []);
  expect([...used].toSorted()).toEqual(explained.toSorted());
  const answered = readFileSync('src/server/metrics/metrics.ts', 'utf8').match(FIGURE) ?? [];
  const described = readFileSync('docs/metrics.md', 'utf8').match(FIGURE) ?? [];
  for (const figure of used) {
    expect(answered).toContain(figure);
    expect(described).toContain(figure);
  }
});

test('every expression closes what it opens, and selects only reasons and switches that exist', () => {
  for (const { alert, expr } of rules) {
    for (const [open, close] of ['()', '{}', '[]'])
      expect(expr.split(open ?? '').length, alert).toBe(expr.split(close ?? '').length);
  }
  const settings = readFileSync('docs/settings.md', 'utf8');
  const errors = readFileSync('src/domain/systems/upstream-errors.ts', 'utf8');
  const switches = rules.flatMap(({ expr }) => /switch=~?"([^"]+)"/.exec(expr)?.[1]?.split('|') ?? []);
  for (const key of switches) expect(settings).toContain(`| \`${key}\` |`);
  const [, reasons = ''] = /reason=~"UPSTREAM_\(([^)]+)\)"/.exec(rules[0]?.expr ?? '') ?? [];
  for (const reason of reasons.split('|')) expect(errors).toContain(`  UPSTREAM_${reason}: {`);
});
