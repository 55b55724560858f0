import type { ErrorParameters } from './error-entry.ts';

// Names listed; more would make the sentence unreadable.
const NAMED_MAX = 3;

/**
 * Merges the parameters of a group of equal errors: shared values stay, differing ones become a short list that ends
 * with `…` when there are more. `count` is the size of the group, `samples` some of its members.
 */
export function mergeParameters(samples: readonly ErrorParameters[], count: number): ErrorParameters {
  const names = new Set(samples.flatMap((sample) => Object.keys(sample)));
  return Object.fromEntries(
    [...names].map((name) => {
      const values = samples.map((sample) => sample[name] ?? null);
      const [first = null] = values;
      const texts = [...new Set(values.map(textOf))];
      if (texts.length <= 1) return [name, first];
      const named = texts.slice(0, NAMED_MAX);
      return [name, texts.length > NAMED_MAX || count > samples.length ? [...named, '…'] : named];
    }),
  );
}

function textOf(value: ErrorParameters[string] | null): string {
  if (value === null || value === undefined) return '–';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : value.join(' ');
}
