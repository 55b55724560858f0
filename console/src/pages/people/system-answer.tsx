import { call } from '../../api/call.ts';
import {
  type AccountSystem,
  LinkAccountDocument,
  UnlinkAccountDocument,
  WhyNotDocument,
} from '../../api/generated/graphql.ts';
import { useData } from '../../api/use-data.ts';
import { useSay } from '../../frame/preferences.tsx';
import { useMay } from '../../frame/viewer.tsx';
import { Action } from '../../parts/action.tsx';
import { Advised } from '../../parts/explain.tsx';
import { addressOf, Go } from '../../parts/go.tsx';
import { Id } from '../../parts/id.tsx';
import { Loaded, Section } from '../../parts/page.tsx';
import { State, Word } from '../../parts/state.tsx';
import { systemName } from '../../text/systems.ts';
import { CorrectItem } from '../requests/item-actions.tsx';

/** An account is made in seconds, and a user who looks wants to see it. */
const WATCH_MS = 4_000;

interface Account {
  readonly system: string;
  readonly state: string;
  readonly identifier?: string | null;
}

/** The account of a person in one system, or why it is missing and what would help. */
export function SystemAnswer(props: {
  readonly employeeNumber: string;
  readonly system: AccountSystem;
  readonly accounts: readonly Account[];
}) {
  const { employeeNumber, system, accounts } = props;
  const say = useSay();
  const may = useMay();
  const query = useData(
    WhyNotDocument,
    { employeeNumber, system },
    { pollMs: WATCH_MS, enabled: may('operate') },
  );
  const account = accounts.find((each) => each.system === system);
  return (
    <Section
      title={systemName(system)}
      extra={
        may('operate') ? (
          <State of="answer" value={query.data?.whyNot.state} />
        ) : (
          <State of="account" value={account?.state ?? 'NONE'} />
        )
      }
    >
      {account?.identifier && <Id id={account.identifier} />}
      {may('operate') && (
        <Loaded query={query}>
          {({ whyNot }) => (
            <>
              <p className="explain">{whyNot.explanation}</p>
              <div className="row-links">
                {whyNot.state !== 'HAS_ACCOUNT' && (
                  <span className="quiet">
                    <Word of="fixBy" value={whyNot.fixBy} /> · <code>{whyNot.code}</code>
                  </span>
                )}
                <Advised advice={whyNot.advice} beside={[say('更正', 'Correct')]} />
                {whyNot.task && (
                  <Go to={`/tasks/${encodeURIComponent(whyNot.task.taskId)}`}>{say('任务', 'Task')}</Go>
                )}
                {whyNot.request && (
                  <Go to={`/requests/${whyNot.request.requestId}`}>{say('请求', 'Request')}</Go>
                )}
                {whyNot.run && <Go to={`/runs/${whyNot.run.runId}`}>{say('运行', 'Run')}</Go>}
                {whyNot.setting && (
                  <Go to={addressOf('/settings', { key: whyNot.setting })}>{whyNot.setting}</Go>
                )}
                {whyNot.item && whyNot.request && whyNot.state !== 'HAS_ACCOUNT' && (
                  <CorrectItem requestId={whyNot.request.requestId} item={whyNot.item} />
                )}
                <LinkActions employeeNumber={employeeNumber} system={system} account={account} />
              </div>
            </>
          )}
        </Loaded>
      )}
    </Section>
  );
}

function LinkActions(props: {
  readonly employeeNumber: string;
  readonly system: AccountSystem;
  readonly account: Account | undefined;
}) {
  const { employeeNumber, system, account } = props;
  const say = useSay();
  return account?.state === 'ACTIVE' ? (
    <Action
      label={say('解除关联', 'Unlink')}
      size="small"
      danger
      description={say(
        `忘记 ${systemName(system)} 的账号 ${account.identifier ?? ''}；系统中的账号不受影响。`,
        `Forgets the account ${account.identifier ?? ''} at ${systemName(system)}; there it stays as it is.`,
      )}
      run={() => call(UnlinkAccountDocument, { input: { employeeNumber, system } }, { repeatable: false })}
      errorsOf={({ unlinkAccount }) => unlinkAccount.userErrors}
      done={() => say('已解除', 'Unlinked')}
    />
  ) : (
    <Action
      label={say('关联账号', 'Link')}
      size="small"
      description={say(
        `说明此人在 ${systemName(system)} 已有的账号，系统会核对。`,
        `Names the account this person has at ${systemName(system)}; it is looked up.`,
      )}
      fields={[
        { name: 'identifier', label: say('账号标识', 'Identifier'), required: true },
        { name: 'remoteId', label: say('远端编号（可选）', 'Remote id, if known') },
        { name: 'force', label: say('不核对', 'Do not look it up'), kind: 'switch' },
      ]}
      run={(values) =>
        call(
          LinkAccountDocument,
          {
            input: {
              employeeNumber,
              system,
              identifier: values['identifier'] ?? '',
              remoteId: values['remoteId'] || null,
              force: values['force'] === 'true',
            },
          },
          { repeatable: false },
        )
      }
      errorsOf={({ linkAccount }) => linkAccount.userErrors}
      done={() => say('已关联', 'Linked')}
    />
  );
}
