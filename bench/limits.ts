/** What the profiles show to be in the way of more, by measure; printed under the table of docs/benchmarks.md. */
export const limits: Readonly<Record<string, string>> = {
  overload: 'the processors; what is refused costs about a tenth of what is answered',
};
