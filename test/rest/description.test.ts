import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { validate } from 'graphql';
import { expect, test } from 'vitest';
import { createSchema } from '../../src/schema/index.ts';
import { describeApi } from '../../src/server/rest/description/describe-api.ts';
import { docsPage } from '../../src/server/rest/description/docs-page.ts';
import { samples } from '../../src/server/rest/description/samples.ts';
import { restGoneRoutes, restRoutes } from '../../src/server/rest/table/route-table.ts';
import { restOperations } from '../../src/server/rest/wire/operation.ts';
import { sampleOf } from './caller.ts';

const schema = createSchema({
  systems: [
    { system: 'IDAAS', displayName: { zh: '', en: '' } },
    { system: 'WELINK', displayName: { zh: '', en: '' } },
    { system: 'EMAIL', displayName: { zh: '', en: '' } },
  ],
});

test('the committed description is the one of the table, and valid', async () => {
  const committed = readFileSync('openapi.json', 'utf8');
  expect(JSON.parse(committed)).toEqual(JSON.parse(JSON.stringify(describeApi(schema))));
  const result = await new Validator().validate(JSON.parse(committed));
  expect(result.valid, JSON.stringify(result.errors)).toBe(true);
});

test('a description with a mistake in it is noticed', async () => {
  const broken = { ...JSON.parse(readFileSync('openapi.json', 'utf8')), paths: { 'no-slash': {} } };
  expect((await new Validator().validate(broken)).valid).toBe(false);
});

test('every operation of the endpoints is valid against the schema', () => {
  expect(restOperations.length).toBeGreaterThan(15);
  for (const { name, document } of restOperations)
    expect([name, validate(schema, document)]).toEqual([name, []]);
});

test('operationIds are unique', () => {
  const ids = [...restRoutes, ...restGoneRoutes].map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
});

test('the payloads of the description are those of the documents', () => {
  const [batch, oa] = Object.values(samples['create_accounts'] ?? {});
  expect(batch?.value).toEqual(JSON.parse(sampleOf('create-accounts-001')));
  expect(oa?.value).toEqual(JSON.parse(sampleOf('create-accounts-002')));
  expect(samples['sync_hr_persons']?.['run']?.value).toEqual(JSON.parse(sampleOf('sync-hr-persons-000')));
  expect(samples['create_account_tasks']?.['run']?.value).toEqual(
    JSON.parse(sampleOf('create-account-tasks-000')),
  );
  expect(samples['process_account_tasks']?.['run']?.value).toEqual(
    JSON.parse(sampleOf('process-account-tasks-000')),
  );
});

test.for(['ZH_CN', 'EN'] as const)(
  'the page in %s names every endpoint, and nothing of another host',
  (locale) => {
    const page = docsPage(schema, locale);
    for (const { method, path } of restRoutes) expect(page).toContain(`<h3>${method} ${path}</h3>`);
    expect(page).not.toMatch(/<script|(?:src|href)="(?:https?:)?\/\//);
  },
);
