import { afterEach, expect, test } from 'vitest';
import { createTestDatabase } from './setup/database.ts';

test('clone', async () => {
  const t = performance.now();
  const d = await createTestDatabase();
  console.log('clone', performance.now() - t);
  const t2 = performance.now();
  const d2 = await createTestDatabase();
  console.log('clone', performance.now() - t2);
  await d.drop();
  await d2.drop();
  console.log('all', performance.now() - t);
});
