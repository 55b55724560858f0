import { z } from 'zod';
import { codeField } from '../http/answer-fields.ts';
import type { HttpAnswer, Verdict } from '../http/http.ts';

/** Meaning of an item of `fail`, by the operator's patterns (upstream-apis.md §9). */
export type MailboxFailure = 'conflict' | 'exists' | 'not-visible' | 'other';

/** Result of enabling mailboxes. */
export type MailboxEnabling = { readonly status: 'enabled' } | { readonly status: 'exists' };

const LOGIN_FIELDS = ['SAMAccountName', 'samAccountName'] as const;
const TEXT_FIELDS = ['Message', 'message', 'Error'] as const;

/** Items are strings or objects; nothing public settles which. */
const item = z.union([z.string(), z.record(z.string(), z.unknown())]);
type Item = z.infer<typeof item>;
const lists = z.object({ success: z.array(item).nullish(), fail: z.array(item).nullish() });
const answer = z.object({ jsonValue: lists });
/** Builds from before the lists answered a bare code. */
const oldAnswer = z.object({ code: codeField, jsonValue: z.undefined().optional() });

/**
 * The answer to enabling the one mailbox of `login`. `classify` reads a sentence of `fail`; the lists count also
 * beside an HTTP error, except that an unknown sentence beside HTTP ≥ 500 is the server's failure, not the item's.
 */
export function judgeEnabling(
  { status, body }: HttpAnswer,
  asked: { readonly login: string; readonly classify: (text: string) => MailboxFailure },
): Verdict<MailboxEnabling> {
  const isSuccess = status >= 200 && status < 300;
  if (isSuccess && oldAnswer.safeParse(body).data?.code === '200') {
    return { kind: 'answer', answer: { status: 'enabled' } };
  }
  const told = answer.safeParse(body).data?.jsonValue;
  const failed = told?.fail?.find((one) => concerns(one, asked.login));
  if (failed !== undefined) return judgeFailure(textOf(failed), { status, classify: asked.classify });
  const done = told?.success?.some((one) => concerns(one, asked.login)) ?? false;
  // Neither list has this login: the outcome is unknown.
  return isSuccess && done ? { kind: 'answer', answer: { status: 'enabled' } } : { kind: 'unknown' };
}

function judgeFailure(
  text: string,
  { status, classify }: { readonly status: number; readonly classify: (text: string) => MailboxFailure },
): Verdict<MailboxEnabling> {
  const vendor = { message: text };
  switch (classify(text)) {
    case 'conflict':
      return {
        kind: 'failure',
        failure: 'conflict',
        code: 'MAILBOX_NAME_TAKEN',
        reason: 'the alias is in use',
        vendor,
      };
    case 'exists':
      return { kind: 'answer', answer: { status: 'exists' } };
    case 'not-visible':
      return {
        kind: 'failure',
        failure: 'not-visible',
        code: 'NOT_VISIBLE_YET',
        reason: 'login not found yet',
        vendor,
      };
    case 'other':
      if (status >= 500) return { kind: 'unknown', vendor };
      return { kind: 'failure', failure: 'permanent', code: 'UPSTREAM_REJECTED', reason: 'refused', vendor };
  }
}

/** One login was asked about: an item that names none is about it. */
function concerns(one: Item, login: string): boolean {
  if (typeof one === 'string') return true;
  const named = fieldOf(one, LOGIN_FIELDS);
  return named === null || named.toLowerCase() === login.toLowerCase();
}

function textOf(one: Item): string {
  if (typeof one === 'string') return one;
  return fieldOf(one, TEXT_FIELDS) ?? JSON.stringify(one);
}

function fieldOf(one: Record<string, unknown>, names: readonly string[]): string | null {
  const values = names.map((name) => one[name]);
  return values.find((value) => typeof value === 'string' && value !== '')?.toString() ?? null;
}
