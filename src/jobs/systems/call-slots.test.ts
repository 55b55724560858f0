import { expect, test } from 'vitest';
import type { TakenJob } from '../kit/job.ts';
import { CallSlots } from './call-slots.ts';

const PATIENCE_MS = 10_000;

function jobOf(id: string): TakenJob {
  return { id, name: 'queue', data: {}, retryCount: 0, priority: 0, singletonKey: null };
}

test('slots go to jobs in the order of their admission, and on to those admitted ahead', async () => {
  const slots = new CallSlots(() => 2);
  const [first, second, third, fourth] = ['1', '2', '3', '4'].map(jobOf);
  if (!first || !second || !third || !fourth) throw new Error('no jobs');
  for (const job of [first, second, third, fourth]) slots.enter(job);
  expect([first, second, third, fourth].map((job) => slots.holds(job))).toEqual([true, true, false, false]);
  const came = slots.waitFor(third, PATIENCE_MS);
  slots.leave(first);
  expect(await came).toBe(true);
  expect(slots.held).toBe(2);
  // One that needs no slot after all leaves the line.
  slots.leave(fourth);
  slots.leave(second);
  expect(slots.held).toBe(1);
});

test('who is out of patience goes without', async () => {
  const slots = new CallSlots(() => 1);
  const [first, second] = [jobOf('1'), jobOf('2')];
  slots.enter(first);
  slots.enter(second);
  expect(await slots.waitFor(second, 1)).toBe(false);
});

test('slots that were lost are not handed on before there are others', async () => {
  let capacity = 1;
  const slots = new CallSlots(() => capacity);
  const [first, second] = [jobOf('1'), jobOf('2')];
  slots.enter(first);
  slots.enter(second);
  const came = slots.waitFor(second, PATIENCE_MS);
  capacity = 0;
  slots.leave(first);
  expect(slots.held).toBe(0);
  capacity = 1;
  slots.fill();
  expect(await came).toBe(true);
});
