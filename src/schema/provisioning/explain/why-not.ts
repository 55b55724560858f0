import { whatToDo } from '../../../domain/explanations/what-to-do.ts';
import type { AccountAnswer } from '../../../domain/provisioning/explain/explain-account.ts';
import { Advice, adviceFor } from '../../building/advice.ts';
import { localeArgument } from '../../building/arguments.ts';
import { builder } from '../../building/builder.ts';
import type { Described } from '../../building/shared-enums.ts';
import { FixByEnum } from '../../building/shared-enums.ts';
import type { RequestScope } from '../../context/context.ts';
import { explanationText, wordsFor } from '../../context/words.ts';
import { needsSightOfAll } from '../../permissions/rules.ts';
import { runById } from '../../runs/loaders.ts';
import { SyncRun } from '../../runs/rows.ts';
import { AccountSystemEnum } from '../../systems/account-system.ts';
import { requestById } from '../rows/row-loaders.ts';
import { Account, AccountRequest, AccountRequestItem, AccountTask, Person } from '../rows/rows.ts';
import { factsOfItem } from './facts.ts';
import { readWhyNot, type WhyNotShape } from './read-why-not.ts';

const accountAnswers = {
  HAS_ACCOUNT: { description: 'The account exists and is active.' },
  DISABLED: { description: 'The account exists, switched off.' },
  UNKNOWN_PERSON: { description: 'Neither HR nor a request told us of such a person.' },
  NOT_WANTED: { description: 'No request wants it, and no schedule plans it.' },
  WAITING: { description: 'It will be made; nothing to do.' },
  IN_PROGRESS: { description: 'It is being made, or looked up, right now.' },
  BLOCKED: { description: 'A person has to act before it can be made.' },
  FAILED: { description: 'It was tried and failed.' },
  CANCELLED: { description: 'It was wanted and then cancelled.' },
} as const satisfies Described<AccountAnswer>;

const AccountAnswerEnum = builder.enumType('AccountAnswer', {
  description: "How it stands with a person's account in a system.",
  values: accountAnswers,
});

const WhyNot = builder.objectRef<WhyNotShape>('WhyNot').implement({
  description: 'Why a person has, or has not, an account in a system.',
  fields: (t) => ({
    employeeNumber: t.exposeString('employeeNumber', { description: 'As asked for, in its normal form.' }),
    system: t.field({
      type: AccountSystemEnum,
      description: 'The system asked for.',
      resolve: ({ system }) => system,
    }),
    state: t.field({
      type: AccountAnswerEnum,
      description: 'How it stands.',
      resolve: ({ explained }) => explained.answer,
    }),
    code: t.string({
      description: 'The reason, for programs: the code of an error, else of the explanation.',
      resolve: ({ explained: { lead } }) => lead.cause?.code ?? lead.code,
    }),
    explanation: t.string({
      description: 'The reason in words; what it waits for comes last.',
      args: localeArgument,
      resolve: (whyNot, { locale }, scope) =>
        explanationText(scope, whyNot.explained.explanations, { locale, facts: factsOf(whyNot) }) ?? '',
    }),
    fixBy: t.field({
      type: FixByEnum,
      description: 'Who can put it right.',
      resolve: ({ explained }) => explained.fixBy,
    }),
    whatToDo: t.string({
      description: 'What they do: the call to make, or that nothing is to be done.',
      args: localeArgument,
      resolve: async (whyNot, { locale }, scope) => {
        const facts = { ...factsOf(whyNot), ...(await requestFacts(scope, whyNot)) };
        const text = whatToDo(whyNot.explained.lead, facts, locale ?? scope.locale);
        return wordsFor(scope, text, { locale, facts });
      },
    }),
    advice: t.field({
      type: [Advice],
      description: 'The same in three forms; empty when nothing is to be done, or nothing here.',
      args: localeArgument,
      resolve: async (whyNot, { locale }, scope) => {
        const facts = { ...factsOf(whyNot), ...(await requestFacts(scope, whyNot)) };
        return adviceFor(whyNot.explained.lead, facts, locale ?? scope.locale);
      },
    }),
    setting: t.string({
      nullable: true,
      description: 'The Setting that holds it back; null when none does.',
      resolve: ({ explained }) => explained.setting,
    }),
    person: t.field({
      type: Person,
      nullable: true,
      description: 'Null when no person has this number.',
      resolve: ({ person }) => person,
    }),
    account: t.field({
      type: Account,
      nullable: true,
      description: 'The account, planned ones included.',
      resolve: ({ account }) => account,
    }),
    task: t.field({
      type: AccountTask,
      nullable: true,
      description: 'The task concerned; of another system when this one waits for that account.',
      resolve: ({ task }) => task,
    }),
    item: t.field({
      type: AccountRequestItem,
      nullable: true,
      description: 'The newest item of this number whose request wants the system.',
      resolve: ({ item }) => item,
    }),
    request: t.field({
      type: AccountRequest,
      nullable: true,
      description: 'The request of that item.',
      resolve: ({ item }, _args, scope) => (item === null ? null : requestById(scope).load(item.request_id)),
    }),
    run: t.field({
      type: SyncRun,
      nullable: true,
      description: 'The run it waits for.',
      resolve: ({ run }, _args, scope) => (run === null ? null : runById(scope).load(run)),
    }),
  }),
});

builder.queryField('whyNot', (t) =>
  t.field({
    ...needsSightOfAll('operate'),
    type: WhyNot,
    description: 'Why this person has no account there (or that they have one), and what to do about it.',
    args: {
      employeeNumber: t.arg.string({ required: true, description: 'Without regard to case.' }),
      system: t.arg({ type: AccountSystemEnum, required: true, description: 'Where.' }),
    },
    resolve: (_root, { employeeNumber, system }, scope) => readWhyNot(scope, employeeNumber, system),
  }),
);

function factsOf({ explained, task, system, employeeNumber }: WhyNotShape) {
  const taskId = task?.task_id ?? null;
  return { system: task?.system ?? system, employeeNumber, setting: explained.setting, taskId };
}

async function requestFacts(scope: RequestScope, { item }: WhyNotShape) {
  if (item === null) return {};
  const { requestId } = await factsOfItem(scope, item);
  return { requestId: requestId ?? null };
}
