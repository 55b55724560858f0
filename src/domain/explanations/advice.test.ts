import { readFileSync } from 'node:fs';
import { buildSchema, getNamedType, isInputObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { allErrors } from '../catalogue/all-errors.ts';
import { actions } from './actions.ts';
import { actionsNamedIn, adviceIn, inForm } from './advice.ts';
import { explanationTexts } from './explanation-texts.ts';
import { whatToDo } from './what-to-do.ts';

const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));
const operations = { ...schema.getMutationType()?.getFields(), ...schema.getQueryType()?.getFields() };
const texts = Object.entries({ ...allErrors, ...explanationTexts });

test('every action is an operation of the API, and its input has the fields that are filled', () => {
  for (const [name, { input }] of Object.entries(actions)) {
    expect(Object.keys(operations)).toContain(name);
    const given = operations[name]?.args.find((argument) => argument.name === 'input')?.type;
    const type = given === undefined ? null : getNamedType(given);
    const fields = isInputObjectType(type) ? Object.keys(type.getFields()) : [];
    expect(fields, name).toEqual(expect.arrayContaining(Object.keys(input)));
  }
});

test('every operation that a text names is an action, in both languages', () => {
  const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});
  const camel = mutations.filter((name) => /[A-Z]/.test(name));
  for (const [code, { zh, en }] of texts)
    for (const name of camel)
      for (const text of [zh, en])
        if (new RegExp(`\\b${name}\\b`).test(text)) expect(Object.keys(actions), code).toContain(name);
});

test('a text names the same actions in both languages', () => {
  for (const [code, { zh, en }] of texts)
    expect([code, actionsNamedIn(zh).toSorted()]).toEqual([code, actionsNamedIn(en).toSorted()]);
});

test('one advice, three forms', () => {
  const facts = { taskId: 'P1_EMAIL_0000000a', system: 'EMAIL' };
  const text = 'Try it again with retryTask (P1_EMAIL_0000000a), or all with retryTasks.';
  const as = (form: 'OPERATION' | 'COMMAND' | 'BUTTON', locale: 'EN' | 'ZH_CN' = 'EN') =>
    inForm(text, { form, locale, facts });
  expect(as('OPERATION')).toBe(text);
  expect(as('COMMAND')).toBe(
    'Try it again with `accountsync retry P1_EMAIL_0000000a`, or all with `accountsync retry --system EMAIL`.',
  );
  expect(as('BUTTON')).toBe('Try it again with “Retry” (P1_EMAIL_0000000a), or all with “Retry all”.');
  expect(as('BUTTON', 'ZH_CN')).toContain('“重试”');
});

test('an advice knows what is known, and leaves the rest to the reader', () => {
  expect(adviceIn('retryTask', { taskId: 'P1_EMAIL_0000000a' }, 'EN')).toEqual([
    {
      operation: 'retryTask',
      input: { taskId: 'P1_EMAIL_0000000a' },
      command: 'accountsync retry P1_EMAIL_0000000a',
      button: 'Retry',
      page: '/tasks/P1_EMAIL_0000000a',
    },
  ]);
  expect(adviceIn('用 retryTask 或 retryTasks', {}, 'ZH_CN')).toMatchObject([
    { input: {}, command: 'accountsync retry TASK_ID', button: '重试', page: '/tasks' },
    { command: 'accountsync retry', page: '/tasks?status=FAILED' },
  ]);
});

test('what comes from outside is one word of a shell', () => {
  const [advice] = adviceIn('link: linkAccount', { employeeNumber: "x'; rm -rf /", system: 'EMAIL' }, 'EN');
  expect(advice?.command).toBe(`accountsync link-account 'x'\\''; rm -rf /' EMAIL IDENTIFIER`);
  expect(advice?.page).toBe("/people/x'%3B%20rm%20-rf%20%2F");
});

test('what a caller has to correct is corrected, not sent or retried as it was', () => {
  for (const code of [
    'PHONE_NOT_MOBILE',
    'PHONE_INVALID',
    'PHONE_MISSING',
    'PHONE_TAKEN',
    'PERSON_MISMATCH',
  ] as const) {
    for (const locale of ['EN', 'ZH_CN'] as const) {
      const facts = { requestId: 'req_1', employeeNumber: 'P1', taskId: null };
      const [first] = adviceIn(whatToDo({ code: 'CORRECTABLE' }, facts, locale), facts, locale);
      expect(first).toMatchObject({
        operation: 'updateRequestItem',
        input: { requestId: 'req_1', employeeNumber: 'P1' },
        command: 'accountsync correct req_1 P1',
      });
    }
    expect(actionsNamedIn(allErrors[code].en)[0]).toBe('updateRequestItem');
  }
});
