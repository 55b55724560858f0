import type { ObjectRef } from '@pothos/core';
import type { Types } from '../building/builder.ts';
import type { LoaderOf } from '../reading/loaders.ts';

/** The type `Person`, for areas that point at people but must not import the area that describes them. */
interface PersonType {
  readonly ref: ObjectRef<Types, object>;
  readonly byId: LoaderOf<object | null>;
}

let joined: PersonType | null = null;

/** Said once by the area that describes people. */
export function joinPerson<Row extends object>(ref: ObjectRef<Types, Row>, byId: LoaderOf<Row | null>): void {
  joined = { ref, byId };
}

/** The joined type; asked for when a schema is made, which is after every area was imported. */
export function personType(): PersonType {
  if (joined === null) throw new Error('No area describes people.');
  return joined;
}
