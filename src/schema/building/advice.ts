import type { Locale } from '../../domain/errors/error-entry.ts';
import { type Advice as AdviceShape, adviceIn } from '../../domain/explanations/advice.ts';
import type { Explanation } from '../../domain/explanations/explanation.ts';
import { whatToDo } from '../../domain/explanations/what-to-do.ts';
import { builder } from './builder.ts';

/** Facts of what an advice is about; they fill ids into its three forms. */
export type Facts = Parameters<typeof whatToDo>[1];

export const Advice = builder.objectRef<AdviceShape>('Advice').implement({
  description:
    'One thing to do about it, in three forms: an operation of this API, a command of the command line, a button of the console.',
  fields: (t) => ({
    operation: t.exposeString('operation', { description: 'The mutation, or query, of this API.' }),
    input: t.field({
      type: 'JSON',
      description:
        'Fields of its `input` that are known; what is missing the caller knows better, such as the value that is right.',
      resolve: ({ input }) => input,
    }),
    command: t.exposeString('command', {
      description:
        'For a shell, ids filled in: `accountsync retry E000123_EMAIL_1a2b3c4d`. Words in capitals are to be replaced.',
    }),
    button: t.exposeString('button', { description: 'What stands on the button of the console.' }),
    page: t.exposeString('page', {
      description:
        'The page of the console that has the button, below /console: `/tasks/E000123_EMAIL_1a2b3c4d`.',
    }),
  }),
});

/** Advice on an explanation; empty where there is nothing to do, or nothing through this API. */
export function adviceFor(explanation: Explanation | undefined, facts: Facts, locale: Locale): AdviceShape[] {
  if (explanation === undefined) return [];
  const known = { ...explanation.cause?.parameters, ...facts, ...explanation.parameters };
  return adviceIn(whatToDo(explanation, known, locale), known, locale);
}
