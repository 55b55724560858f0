import { setPersonIdentifiers } from '../../../jobs/provisioning/corrections/set-person-identifiers.ts';
import { builder } from '../../building/builder.ts';
import { UserError } from '../../building/user-error.ts';
import { renderUserErrors, unknownId } from '../../context/errors.ts';
import { operationContext } from '../../context/operation.ts';
import { needsSightOfAll } from '../../permissions/rules.ts';
import { forgetLoaded } from '../../reading/loaders.ts';
import { canBeStored } from '../../reading/text-filter.ts';
import { personById } from '../rows/row-loaders.ts';
import { Person } from '../rows/rows.ts';
import type { SetIdentifiersPayloadShape } from '../rows/shapes.ts';

const input = builder.inputType('SetPersonIdentifiersInput', {
  description: 'What a person is to be called; what is absent stays, or is chosen as for everybody.',
  fields: (t) => ({
    employeeNumber: t.string({ required: true, description: 'Without regard to case.' }),
    username: t.string({
      description: 'Directory login: 1 to 20 ASCII letters, digits, `-`, `_`, `.`; no dot at the end.',
    }),
    emailLocalPart: t.string({
      description:
        'What stands before the `@`: 1 to 64 of `a-z 0-9 - _ .`; the domain follows from the type.',
    }),
  }),
});
export const SetPersonIdentifiersPayload = builder
  .objectRef<SetIdentifiersPayloadShape>('SetPersonIdentifiersPayload')
  .implement({
    description: 'What became of the names.',
    fields: (t) => ({
      person: t.field({
        type: Person,
        nullable: true,
        description: 'The person as they are now; null when unknown.',
        resolve: (payload) => payload.person,
      }),
      requeuedTasks: t.exposeInt('requeuedTasks', {
        description: 'How many tasks were queued again that had failed for the names.',
      }),
      userErrors: t.field({
        type: [UserError],
        description: 'Why nothing was set; empty when it was.',
        resolve: (payload) => payload.userErrors,
      }),
    }),
  });
builder.mutationField('setPersonIdentifiers', (t) =>
  t.field({
    ...needsSightOfAll('operate'),
    type: SetPersonIdentifiersPayload,
    description:
      'Gives a person another login or address before any account exists. What they had stays reserved for them. IDENTIFIER_TAKEN when somebody has, or had, the name; INVALID_STATE once an account exists or may exist.',
    args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: given }, scope) => {
      const { employeeNumber } = given;
      if (!canBeStored(employeeNumber)) {
        const unknown = [unknownId('person', employeeNumber, 'employeeNumber')];
        return { person: null, requeuedTasks: 0, userErrors: renderUserErrors(scope, unknown) };
      }
      const { person, requeuedTasks, userErrors } = await setPersonIdentifiers(operationContext(scope), {
        employeeNumber,
        username: given.username ?? null,
        emailLocalPart: given.emailLocalPart ?? null,
      });
      forgetLoaded(scope);
      return {
        person: person === null ? null : await personById(scope).load(person),
        requeuedTasks,
        userErrors: renderUserErrors(scope, userErrors),
      };
    },
  }),
);
