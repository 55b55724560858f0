import { processEnvironment } from '../../../src/environment/env.ts';

/** A seed that is printed, and the one of FAULT_SEED where a run is to be had again. */
export function chooseSeed(what: string): number {
  const given = Number(processEnvironment()['FAULT_SEED'] ?? '');
  const seed = given > 0 ? given : 1 + (Date.now() % 1_000_000);
  console.log(`${what}: FAULT_SEED=${seed}`);
  return seed;
}

/** Numbers from 0 to 1 that look random and come again for the same seed. */
export function* numbersOf(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state * 48_271) % 2_147_483_647;
    yield state / 2_147_483_647;
  }
}
