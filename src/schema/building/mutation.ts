import type { FieldMap, InputFieldMap, InputShapeFromFields, ObjectRef } from '@pothos/core';
import type { RequestScope } from '../context/context.ts';
import { renderUserErrors, type UnrenderedError } from '../context/errors.ts';
import type { needs, needsSightOfAll } from '../permissions/rules.ts';
import { forgetLoaded, type LoaderOf } from '../reading/loaders.ts';
import { builder, type Types } from './builder.ts';
import { UserError } from './user-error.ts';

/** Outcome of an operation of the jobs layer: its effect, and the problems with the call. */
export interface Outcome {
  readonly userErrors: readonly UnrenderedError[];
}

type PayloadFields<Result extends Outcome> = (
  t: PothosSchemaTypes.ObjectFieldBuilder<Types, Result>,
) => FieldMap;

type InputFields<Fields extends InputFieldMap> = (
  t: PothosSchemaTypes.InputFieldBuilder<Types, 'InputObject'>,
) => Fields;

type Rule = ReturnType<typeof needs> | ReturnType<typeof needsSightOfAll>;

/** A payload: these fields, and `userErrors`. */
export function payloadType<Result extends Outcome>(
  name: string,
  options: {
    readonly description: string;
    readonly fields: PayloadFields<Result>;
    /** Describes `userErrors`. */
    readonly userErrors?: string | undefined;
  },
): ObjectRef<Types, Result> {
  const { description, fields, userErrors = 'Why it was not done; empty when it was.' } = options;
  const ref = builder.objectRef<Result>(name);
  ref.implement({ description, fields });
  builder.objectField(ref, 'userErrors', (t) =>
    t.field({
      type: [UserError],
      description: userErrors,
      resolve: (outcome, _args, scope) => renderUserErrors(scope, outcome.userErrors),
    }),
  );
  return ref;
}

/** One mutation: what it takes, who may call it, the call, and what its payload shows. */
interface Mutation<Fields extends InputFieldMap, Result extends Outcome> {
  /** `needs(…)` or `needsSightOfAll(…)`. */
  readonly rule: Rule;
  readonly description: string;
  /** Describes the type of the input. */
  readonly about: string;
  readonly input: InputFields<Fields>;
  readonly run: (input: InputShapeFromFields<Fields>, scope: RequestScope) => Promise<Result>;
  /** A payload that several mutations share, or the fields of one beside `userErrors`. */
  readonly payload: ObjectRef<Types, Result> | PayloadFields<Result>;
  readonly userErrors?: string;
}

/**
 * Adds the mutation with its input type and, unless it shares one, its payload type. The result of `run` backs the
 * payload; rows that its fields show are read afterwards.
 */
export function addMutation<Fields extends InputFieldMap, Result extends Outcome>(
  name: string,
  mutation: Mutation<Fields, Result>,
): void;
export function addMutation(name: string, mutation: Mutation<InputFieldMap, Outcome>): void {
  const { rule, description, about, run, payload } = mutation;
  const typeName = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const input = builder.inputType(`${typeName}Input`, { description: about, fields: mutation.input });
  const type =
    typeof payload === 'function'
      ? payloadType(`${typeName}Payload`, {
          description: `Result of ${name}.`,
          fields: payload,
          userErrors: mutation.userErrors,
        })
      : payload;
  builder.mutationField(name, (t) =>
    t.field({
      ...rule,
      type,
      description,
      args: { input: t.arg({ type: input, required: true, description: `Input of ${name}.` }) },
      resolve: async (_root, args, scope) => {
        const outcome = await run(args.input, scope);
        forgetLoaded(scope);
        return outcome;
      },
    }),
  );
}

/** Options of a payload's field: the row of this key, as it is after the call; null without a key. */
export function rowAfterwards<Row extends object>(
  type: ObjectRef<Types, Row>,
  loader: LoaderOf<Row | null>,
  description: string,
) {
  return {
    type,
    nullable: true,
    description,
    resolve: ({ id }: { readonly id: string | null }, _args: object, scope: RequestScope) =>
      id === null ? null : loader(scope).load(id),
  } as const;
}
