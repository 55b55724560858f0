import { graphql } from 'graphql';
import { expect, test } from 'vitest';
import { seesEverything } from '../../domain/access/visibility.ts';
import type { RequestScope } from '../context/context.ts';
import { createSchema } from '../index.ts';
import { needs } from '../permissions/rules.ts';
import { addMutation } from './mutation.ts';

addMutation('checkName', {
  rule: needs('operate'),
  description: 'Says how long a name is.',
  about: 'Which name.',
  input: (t) => ({ name: t.string({ required: true, description: 'The name.' }) }),
  run: async ({ name }) => ({
    length: name.length,
    userErrors: name === '' ? [{ code: 'REQUIRED', parameters: { field: 'name' }, path: ['name'] }] : [],
  }),
  payload: (t) => ({ length: t.exposeInt('length', { description: 'In characters.' }) }),
});

const schema = createSchema({ systems: [{ system: 'IDAAS', displayName: { zh: '统一认证', en: 'IDaaS' } }] });

function run(name: string, given: { readonly scope?: string; readonly locale?: 'EN' | 'ZH_CN' } = {}) {
  const nothing = Object.create(null);
  const scopes = new Set([given.scope ?? 'operate']);
  const contextValue: RequestScope = {
    services: nothing,
    em: nothing,
    viewer: { principal: 'p', scopes, sees: seesEverything, keyId: null },
    locale: given.locale ?? 'EN',
    correlationId: 'c',
  };
  const source = `mutation ($name: String!) {
    checkName(input: { name: $name }) { length userErrors { code message path } }
  }`;
  return graphql({ schema, source, variableValues: { name }, contextValue });
}

test('a mutation answers what was done', async () => {
  expect((await run('Ada')).data).toEqual({ checkName: { length: 3, userErrors: [] } });
});

test("its errors are data, in the caller's language", async () => {
  const messages = [];
  for (const locale of ['EN', 'ZH_CN'] as const) {
    const { data } = await run('', { locale });
    expect(data).toMatchObject({
      checkName: { length: 0, userErrors: [{ code: 'REQUIRED', path: ['name'] }] },
    });
    messages.push(JSON.stringify(data));
  }
  expect(messages[0]).not.toBe(messages[1]);
});

test('is for those whom its rule lets in', async () => {
  const { data, errors } = await run('Ada', { scope: 'requests:read' });
  expect(data).toBeNull();
  expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
});

test('its types and its argument are named and described after it', () => {
  const field = schema.getMutationType()?.getFields()['checkName'];
  expect(String(field?.type)).toBe('CheckNamePayload!');
  expect(schema.getType('CheckNamePayload')?.description).toBe('Result of checkName.');
  expect(field?.args.map(({ type, description }) => `${type}: ${description}`)).toEqual([
    'CheckNameInput!: Input of checkName.',
  ]);
});
