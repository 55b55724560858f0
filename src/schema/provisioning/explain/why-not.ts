import { whatToDo } from '../../../domain/explanations/what-to-do.ts';
import type { SchemaParts } from '../../parts.ts';
import { needsSightOfAll } from '../../permissions/rules.ts';
import { runById } from '../../runs/loaders.ts';
import { requestById } from '../rows/row-loaders.ts';
import { renderFor } from './explanations.ts';
import { readWhyNot } from './read-why-not.ts';

/** The type `WhyNot` and the query `whyNot`. */
export function addWhyNot({ builder, enums, arguments: shared }: SchemaParts): void {
  builder.objectType('WhyNot', {
    description: 'Why a person has, or has not, an account in a system.',
    fields: (t) => ({
      employeeNumber: t.exposeString('employeeNumber', { description: 'As asked for, in its normal form.' }),
      system: t.field({
        type: enums.accountSystem,
        description: 'The system asked for.',
        resolve: ({ system }) => system,
      }),
      state: t.field({
        type: enums.accountAnswer,
        description: 'How it stands.',
        resolve: ({ explained }) => explained.answer,
      }),
      code: t.string({
        description: 'The reason, for programs: the code of an error, else of the explanation.',
        resolve: ({ explained: { lead } }) => lead.cause?.code ?? lead.code,
      }),
      explanation: t.string({
        description: 'The reason in words; what it waits for comes last.',
        args: shared.locale,
        resolve: ({ explained }, { locale }, scope) => renderFor(scope, explained.explanations, locale) ?? '',
      }),
      fixBy: t.field({
        type: enums.fixBy,
        description: 'Who can put it right.',
        resolve: ({ explained }) => explained.fixBy,
      }),
      whatToDo: t.string({
        description: 'What they do: the call to make, or that nothing is to be done.',
        args: shared.locale,
        resolve: ({ explained, task, system }, { locale }, scope) => {
          const facts = { system, setting: explained.setting, taskId: task?.task_id ?? null };
          return whatToDo(explained.lead, facts, locale ?? scope.locale);
        },
      }),
      setting: t.string({
        nullable: true,
        description: 'The Setting that holds it back; null when none does.',
        resolve: ({ explained }) => explained.setting,
      }),
      person: t.field({
        type: 'Person',
        nullable: true,
        description: 'Null when nobody has this number.',
        resolve: ({ person }) => person,
      }),
      account: t.field({
        type: 'Account',
        nullable: true,
        description: 'The account, planned ones included.',
        resolve: ({ account }) => account,
      }),
      task: t.field({
        type: 'AccountTask',
        nullable: true,
        description: 'The task concerned; of another system when this one waits for that account.',
        resolve: ({ task }) => task,
      }),
      item: t.field({
        type: 'AccountRequestItem',
        nullable: true,
        description: 'The newest item of this number whose request wants the system.',
        resolve: ({ item }) => item,
      }),
      request: t.field({
        type: 'AccountRequest',
        nullable: true,
        description: 'The request of that item.',
        resolve: ({ item }, _args, scope) =>
          item === null ? null : requestById(scope).load(item.request_id),
      }),
      run: t.field({
        type: 'SyncRun',
        nullable: true,
        description: 'The run it waits for.',
        resolve: ({ run }, _args, scope) => (run === null ? null : runById(scope).load(run)),
      }),
    }),
  });
  builder.queryField('whyNot', (t) =>
    t.field({
      ...needsSightOfAll('operate'),
      type: 'WhyNot',
      description: 'Why this person has no account there (or that they have one), and what to do about it.',
      args: {
        employeeNumber: t.arg.string({ required: true, description: 'Without regard to case.' }),
        system: t.arg({ type: enums.accountSystem, required: true, description: 'Where.' }),
      },
      resolve: (_root, { employeeNumber, system }, scope) => readWhyNot(scope, employeeNumber, system),
    }),
  );
}
