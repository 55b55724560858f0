import { expect, test } from 'vitest';
import { afterFailedDelivery } from './delivery-states.ts';

const passing = { permanent: false, retryAfterMs: null };
const second = { attempts: 2, delaysSeconds: [10, 60, 300], random: 0.5 };

test('a delivery is tried again after the delay of its attempt, spread by a fifth', () => {
  expect(afterFailedDelivery(passing, second)).toEqual({ status: 'RETRY', delaySeconds: 60 });
  expect(afterFailedDelivery(passing, { ...second, random: 0 })).toMatchObject({ delaySeconds: 48 });
  expect(afterFailedDelivery(passing, { ...second, random: 1 })).toMatchObject({ delaySeconds: 72 });
});

test('it is given up when the delays are used up, or nothing can change it', () => {
  expect(afterFailedDelivery(passing, { ...second, attempts: 3 }).status).toBe('RETRY');
  expect(afterFailedDelivery(passing, { ...second, attempts: 4 })).toEqual({ status: 'DEAD_LETTER' });
  expect(afterFailedDelivery({ ...passing, permanent: true }, second)).toEqual({ status: 'DEAD_LETTER' });
});

test('a receiver that asks for a longer pause gets it', () => {
  expect(afterFailedDelivery({ ...passing, retryAfterMs: 90_000 }, second)).toMatchObject({
    delaySeconds: 90,
  });
  expect(afterFailedDelivery({ ...passing, retryAfterMs: 1_000 }, second)).toMatchObject({
    delaySeconds: 60,
  });
});
