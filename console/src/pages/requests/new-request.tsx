import { Alert, App, Button, Space } from 'antd';
import { useState } from 'react';
import { personOf } from '../../../../clients/files/src/people-of.ts';
import { call, refresh } from '../../api/call.ts';
import {
  CreateAccountsDocument,
  type CreateAccountsInput,
  type CreateAccountsMutation,
} from '../../api/generated/graphql.ts';
import { type Say, usePreferences, useSay } from '../../frame/preferences.tsx';
import { CallError, UserErrors } from '../../parts/explain.tsx';
import { type Field, FieldInput, oneOf, several, type Values } from '../../parts/fields.tsx';
import { useGo } from '../../parts/go.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { Rows } from '../../parts/rows.tsx';
import { systemName, systemOptions, systems } from '../../text/systems.ts';
import { optionsOf } from '../../text/words.ts';
import { nobody, type People, PeopleInput } from './people-input.tsx';

type Answer = CreateAccountsMutation['createAccounts'];

/** As many as one call takes. */
const PEOPLE_MAX = 10_000;

/** A request by hand: from a table of people, looked at before it is sent. */
export function View() {
  const say = useSay();
  const go = useGo();
  const { language } = usePreferences();
  const { message } = App.useApp();
  const [values, setValues] = useState<Values>({
    systemList: systems.join(','),
    priority: 'NORMAL',
    onInvalid: 'REJECT_ALL',
  });
  const [preview, setPreview] = useState<Answer | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const [read, setRead] = useState<People>(nobody);
  const people = read.rows?.rows.map(personOf) ?? [];
  const bad = read.rows?.problems.length ?? 0;
  const change = (name: string, value: string) => {
    setValues({ ...values, [name]: value });
    setPreview(null);
  };
  const send = async (mode: 'DRY_RUN' | 'RUN') => {
    setBusy(true);
    setError(null);
    try {
      const input = { ...inputOf(values), userList: people, mode };
      const { createAccounts } = await call(
        CreateAccountsDocument,
        { input },
        { repeatable: mode === 'DRY_RUN' },
      );
      setPreview(createAccounts);
      if (mode === 'DRY_RUN' || createAccounts.request === null) return;
      void message.success(
        createAccounts.replayed
          ? say('这是之前的请求', 'This is the earlier request')
          : say('已受理', 'Accepted'),
      );
      void refresh();
      go(`/requests/${createAccounts.request.requestId}`);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  // Bad lines are refused as rows with mistakes are: all, or they are left out.
  const isReadable = people.length > 0 && (bad === 0 || values['onInvalid'] === 'ACCEPT_VALID');
  const isSeen = preview !== null && (preview.userErrorCount === 0 || values['onInvalid'] === 'ACCEPT_VALID');
  return (
    <Page title={say('新请求', 'New request')}>
      <div className="grid">
        <Section title={say('申请', 'The request')}>
          <div className="form">
            {fieldsOf(say, language).map((field) => (
              <FieldInput
                key={field.name}
                field={field}
                value={values[field.name] ?? ''}
                onChange={(value) => change(field.name, value)}
              />
            ))}
          </div>
        </Section>
        <Section title={say(`人员（${people.length}）`, `People (${people.length})`)}>
          <div className="form">
            <PeopleInput
              people={read}
              onRead={(found) => {
                setRead(found);
                setPreview(null);
                setValues({ ...values, ...found.said });
              }}
            />
            {people.length > PEOPLE_MAX && (
              <Alert
                type="error"
                title={say(`一次最多 ${PEOPLE_MAX} 人`, `At most ${PEOPLE_MAX} people in one request`)}
              />
            )}
            <Space>
              <Button loading={isBusy} disabled={!isReadable} onClick={() => void send('DRY_RUN')}>
                {say('预览', 'Preview')}
              </Button>
              <Button
                type="primary"
                loading={isBusy}
                disabled={!isSeen || !isReadable}
                onClick={() => void send('RUN')}
              >
                {say(`为 ${people.length} 人申请账号`, `Ask for accounts of ${people.length} people`)}
              </Button>
            </Space>
          </div>
        </Section>
      </div>
      <CallError error={error} />
      {preview !== null && <Seen answer={preview} names={people.map(({ employeeName }) => employeeName)} />}
    </Page>
  );
}

function Seen({ answer, names }: { readonly answer: Answer; readonly names: readonly string[] }) {
  const say = useSay();
  return (
    <Section title={say('预览', 'Preview')}>
      <div className="stack" aria-live="polite">
        <UserErrors errors={answer.userErrors} />
        {answer.existingRequestId && <p>{answer.existingRequestId}</p>}
        {answer.warnings.length > 0 && (
          <Alert
            type="warning"
            showIcon
            title={say(`${answer.warningCount} 条提醒`, `${answer.warningCount} warnings`)}
            description={
              <ul className="plain">
                {answer.warnings.map((warning) => (
                  <li key={`${warning.path.join('.')} ${warning.code}`}>
                    {warning.employeeNumber} {warning.message} <code>{warning.code}</code>
                  </li>
                ))}
              </ul>
            }
          />
        )}
        <Rows<Answer['preview'][number]>
          label={say('预览', 'Preview')}
          rowKey={({ position }) => String(position)}
          rows={answer.preview.slice(0, PREVIEWED)}
          columns={[
            { key: 'number', title: say('工号', 'Number'), render: ({ employeeNumber }) => employeeNumber },
            {
              key: 'name',
              // As it was read: a name that was read wrong shows here before anything is stored.
              title: say('姓名', 'Name'),
              render: ({ position }) => names[position] ?? '–',
            },
            { key: 'login', title: say('登录名', 'Login'), render: ({ username }) => username ?? '–' },
            { key: 'mail', title: say('邮箱', 'E-mail'), render: ({ emailAddress }) => emailAddress ?? '–' },
            {
              key: 'missing',
              title: say('将创建', 'Will be created'),
              render: ({ missingSystems }) => missingSystems.map(systemName).join(', ') || '–',
            },
          ]}
        />
        {answer.preview.length > PREVIEWED && (
          <p className="quiet">
            {say(
              `另有 ${answer.preview.length - PREVIEWED} 人未列出`,
              `${answer.preview.length - PREVIEWED} more are not shown`,
            )}
          </p>
        )}
      </div>
    </Section>
  );
}

/** People of a preview that are listed: enough to judge the rest by. */
const PREVIEWED = 100;

function fieldsOf(say: Say, language: Parameters<typeof optionsOf>[1]): readonly Field[] {
  return [
    {
      name: 'originSystem',
      label: say('来源系统', 'Origin system'),
      required: true,
      placeholder: 'HR_SYSTEM',
    },
    { name: 'businessKey', label: say('业务键', 'Business key'), required: true },
    { name: 'accountType', label: say('账号类型', 'Account type'), required: true, placeholder: '供应商' },
    { name: 'employeeType', label: say('人员类型', 'Employee type'), required: true, placeholder: '1' },
    {
      name: 'systemList',
      label: say('系统', 'Systems'),
      kind: 'several',
      options: systemOptions,
      required: true,
    },
    {
      name: 'priority',
      label: say('优先级', 'Priority'),
      kind: 'select',
      options: optionsOf('priority', language),
      required: true,
    },
    {
      name: 'onInvalid',
      label: say('有错误的行', 'Rows with mistakes'),
      kind: 'select',
      required: true,
      options: [
        { value: 'REJECT_ALL', label: say('全部拒绝', 'reject all') },
        { value: 'ACCEPT_VALID', label: say('只受理正确的行', 'accept the others') },
      ],
    },
  ];
}

function inputOf(values: Values): Omit<CreateAccountsInput, 'userList'> {
  const text = (name: string) => (values[name] ?? '').trim();
  return {
    originSystem: text('originSystem'),
    businessKey: text('businessKey'),
    accountType: text('accountType'),
    employeeType: text('employeeType'),
    systemList: [...(several(values['systemList'], systems) ?? [])],
    priority: oneOf(values['priority'], ['LOW', 'NORMAL', 'HIGH'] as const) ?? 'NORMAL',
    onInvalid: oneOf(values['onInvalid'], ['REJECT_ALL', 'ACCEPT_VALID'] as const) ?? 'REJECT_ALL',
  };
}
