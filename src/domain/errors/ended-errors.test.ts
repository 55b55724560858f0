import { expect, test } from 'vitest';
import { allErrors } from '../catalogue/all-errors.ts';
import { asChangeError } from '../provisioning/errors/account-change-errors.ts';
import { asCheckError, asEnded, endedErrors } from './ended-errors.ts';
import { findErrorEntry, renderError } from './render-error.ts';

const promises = {
  EN: /is tried again( |\.|;)(?!by itself)|before anything is sent again|Nothing to do|goes on by itself/,
  ZH_CN: /稍后自动重试|系统会自动重试|无需操作|任务会自动继续/,
};

test.for([
  ['UPSTREAM_UNREACHABLE', { system: 'EMAIL', detail: 'ECONNREFUSED' }],
  ['UPSTREAM_TIMEOUT', { system: 'EMAIL' }],
  ['WEBHOOK_ANSWERED', { host: 'portal.example.com', status: 500 }],
  ['MAIL_FAILED', { detail: '451' }],
] as const)(
  '%s promises another attempt while there is one, and none once it was given up',
  ([code, parameters]) => {
    const error = { code, parameters };
    for (const locale of ['EN', 'ZH_CN'] as const) {
      expect(renderError(allErrors, error, locale)).toMatch(
        locale === 'EN' ? /again/ : /重试|先查询再决定是否重发/,
      );
      const ended = renderError(allErrors, asEnded(error, 7), locale);
      expect(ended).not.toMatch(promises[locale]);
      expect(ended).toContain('7');
      expect(ended).not.toContain('–');
    }
  },
);

test('every error that costs attempts has a text for when they are used up', () => {
  const promising = Object.entries(allErrors).flatMap(([code, { en }]) =>
    /(?<!not )tried again by itself|looked up before|It is tried again;|It is tried again\. |resolved by itself/.test(
      en,
    )
      ? [code]
      : [],
  );
  expect(promising.length).toBeGreaterThan(6);
  for (const code of promising.filter((code) => !code.includes('.')))
    expect(Object.keys(endedErrors)).toContain(`${code}.ENDED`);
});

test('an ended error has the owner that it had', () => {
  for (const [code, { fixBy }] of Object.entries(endedErrors))
    expect([code, fixBy]).toEqual([code, findErrorEntry(allErrors, code.replace(/\.\w+$/, '')).fixBy]);
});

test('a check asks for nothing: nothing may have been done, and nothing is tried again', () => {
  for (const code of ['UPSTREAM_TIMEOUT', 'UPSTREAM_SERVER_ERROR', 'ANSWER_LOST', 'UPSTREAM_GARBAGE']) {
    const error = asCheckError({ code, parameters: { system: 'IDAAS', vendorAnswer: 'HTTP 500' } });
    expect(renderError(allErrors, error, 'EN')).not.toMatch(/may have acted|sent again|resolved by itself/);
    expect(renderError(allErrors, error, 'ZH_CN')).not.toMatch(/可能已经生效|重发|自动/);
  }
});

test('what has no other text stays as it is', () => {
  const error = { code: 'PHONE_NOT_MOBILE', parameters: { system: 'WELINK' } };
  expect(asEnded(error, 3)).toEqual(error);
});

test('a change of an account that failed says who tries it again, and of no task', () => {
  const error = { code: 'UNEXPECTED_ERROR', parameters: { employeeNumber: 'E1', system: 'WELINK' } };
  const changed = asChangeError(error, 'run_20261122_0123456789ab');
  expect(renderError(allErrors, changed, 'EN')).toContain('retryFailedItems (run_20261122_0123456789ab)');
  expect(renderError(allErrors, changed, 'EN')).not.toContain('task');
  expect(renderError(allErrors, changed, 'ZH_CN')).not.toContain('任务');
});
