import type { Say } from './locale.ts';
import { UsageError } from './usage-error.ts';

/** One of a closed set, by its name in any case. @throws UsageError naming those there are. */
export function choiceOf<Choice extends string>(name: string, choices: readonly Choice[], say: Say): Choice {
  const wanted = name.toUpperCase().replaceAll('-', '_').replaceAll('.', '_');
  const found = choices.find((choice) => choice.toUpperCase() === wanted);
  if (found !== undefined) return found;
  const known = choices.join(', ');
  throw new UsageError(say(`没有 ${name}；可用的有 ${known}。`, `There is no ${name}; known are ${known}.`));
}
