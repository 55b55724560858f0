import { type GraphQLSchema, isEnumType } from 'graphql';
import { expect, test } from 'vitest';
import { createSchema } from './index.ts';

function valuesOf(schema: GraphQLSchema, name: string): string[] {
  const type = schema.getType(name);
  return isEnumType(type) ? type.getValues().map((value) => value.name) : [];
}

const idaas = { system: 'IDAAS', displayName: { zh: '统一认证', en: 'IDaaS' } };
const mail = { system: 'EMAIL', displayName: { zh: '邮箱', en: 'E-mail' } };

test('schemas of several sets of systems stand side by side in one process', () => {
  const [small, large] = [createSchema({ systems: [idaas] }), createSchema({ systems: [idaas, mail] })];
  expect(valuesOf(small, 'AccountSystem')).toEqual(['IDAAS']);
  expect(valuesOf(large, 'AccountSystem')).toEqual(['EMAIL', 'IDAAS']);
  expect(valuesOf(createSchema({ systems: [idaas] }), 'AccountSystem')).toEqual(['IDAAS']);
});

test('enums have the values of every list', () => {
  const schema = createSchema({ systems: [idaas] });
  expect(valuesOf(schema, 'RunKind')).toEqual(expect.arrayContaining(['HR_SYNC', 'CALENDAR_FULL']));
  expect(valuesOf(schema, 'WebhookEvent')).toEqual(expect.arrayContaining(['RUN_FINISHED', 'TASK_FAILED']));
  expect(valuesOf(schema, 'ErrorCode')).toEqual(expect.arrayContaining(['NOT_FOUND', 'OWNED_BY_HR']));
});
