import { useParams } from '@tanstack/react-router';
import { Progress, Space } from 'antd';
import { useState } from 'react';
import { call, queryClient } from '../../api/call.ts';
import {
  CancelRequestDocument,
  RequestDocument,
  RequestItemsDocument,
  RequestLiveDocument,
  type RequestLiveSubscription,
  type RequestQuery,
  RetryRequestDocument,
} from '../../api/generated/graphql.ts';
import { useData, useLive, usePaced } from '../../api/use-data.ts';
import { usePreferences, useSay } from '../../frame/preferences.tsx';
import { useMay } from '../../frame/viewer.tsx';
import { Action } from '../../parts/action.tsx';
import { byStatus, Legend, StateBar } from '../../parts/bar.tsx';
import { Advised, Explain } from '../../parts/explain.tsx';
import { Facts } from '../../parts/facts.tsx';
import { addressOf, Go } from '../../parts/go.tsx';
import { Id } from '../../parts/id.tsx';
import { Loaded, NotThere, Page, Section } from '../../parts/page.tsx';
import { Rows } from '../../parts/rows.tsx';
import { State, Word } from '../../parts/state.tsx';
import { seconds, When } from '../../parts/when.tsx';
import { systemName } from '../../text/systems.ts';
import { Refused } from './refused.tsx';
import { RequestItems } from './request-items.tsx';

type Request = NonNullable<RequestQuery['request']>;
type Live = RequestLiveSubscription['requestProgress'];

const OPEN: ReadonlySet<string> = new Set(['PENDING', 'PROCESSING']);

/** One request: how far it is, what is wrong, and whose turn it is. */
export function View() {
  const { id = '' } = useParams({ strict: false });
  const say = useSay();
  const { isLive } = usePreferences();
  const query = useData(RequestDocument, { requestId: id });
  const [live, setLive] = useState<Live | null>(null);
  const again = usePaced(() => {
    void query.refetch();
    void queryClient.invalidateQueries({ queryKey: [RequestItemsDocument.toString()] });
  });
  const request = query.data?.request ?? null;
  useLive(
    RequestLiveDocument,
    { requestId: id },
    {
      enabled: isLive && request !== null && OPEN.has(request.status),
      onEvent: ({ requestProgress }) => {
        setLive(requestProgress);
        again();
      },
    },
  );
  return (
    <Page
      title={request?.businessKey ?? say('请求', 'Request')}
      extra={request && <Actions request={request} />}
    >
      <Loaded query={query}>
        {({ request: found }) =>
          found === null ? <NotThere id={id} /> : <Whole request={found} live={live} />
        }
      </Loaded>
    </Page>
  );
}

function Whole({ request, live }: { readonly request: Request; readonly live: Live | null }) {
  const say = useSay();
  const isOpen = OPEN.has(request.status);
  const eta = live !== null && !live.final ? live.etaSeconds : null;
  return (
    <>
      <Section title={say('进度', 'Progress')} extra={<State of="request" value={request.status} />}>
        {isOpen ? (
          <Progress
            percent={Math.floor(live?.percent ?? request.progress)}
            status="active"
            format={(percent) => `${percent}%`}
            aria-label={say('进度', 'Progress')}
          />
        ) : (
          <StateBar of="item" parts={request.itemCounts} label={say('人员', 'People')} />
        )}
        {eta !== null && eta !== undefined && (
          <p className="quiet">{say(`大约还需 ${seconds(eta)}`, `about ${seconds(eta)} to go`)}</p>
        )}
        <Legend of="item" parts={request.itemCounts} />
        {request.explanation && (
          <p className="explain" aria-live="polite">
            {request.explanation}
          </p>
        )}
        <Advised advice={request.advice} />
        <SystemBars request={request} />
      </Section>
      <Failures request={request} />
      <Section title={say('申请', 'What was asked')}>
        <Facts
          of={[
            [say('请求', 'Request'), <Id key="id" id={request.requestId} />],
            [say('来源系统', 'Origin system'), request.originSystem],
            [say('账号类型', 'Account type'), request.accountType],
            [say('人员类型', 'Employee type'), request.employeeType],
            [say('系统', 'Systems'), request.systemList.map(systemName).join(', ')],
            [say('优先级', 'Priority'), <Word key="priority" of="priority" value={request.priority} />],
            [say('人数', 'People'), request.totalUsers],
            [say('被拒行数', 'Rejected rows'), request.rejectedUsers || null],
            [say('完成后通知', 'Tells'), toldOf(request)],
            [say('轮次', 'Round'), request.round],
            [say('创建者', 'Created by'), request.createdBy],
            [say('创建时间', 'Created'), <When key="created" at={request.createdAt} />],
            [
              say('结束时间', 'Finished'),
              request.completedAt ? <When key="done" at={request.completedAt} /> : null,
            ],
          ]}
        />
      </Section>
      <Refused rows={request.rejectedRows} />
      <Section
        title={say('人员', 'People')}
        extra={
          <Go to={addressOf('/tasks', { requestId: request.requestId })}>{say('所有任务', 'All tasks')}</Go>
        }
      >
        <RequestItems requestId={request.requestId} />
      </Section>
    </>
  );
}

/** Whom it tells when it is finished. */
function toldOf({ notify }: Request): string | null {
  if (!notify) return null;
  return [...notify.emails, ...(notify.webhookUrl ? [notify.webhookUrl] : [])].join(', ');
}

function SystemBars({ request }: { readonly request: Request }) {
  const say = useSay();
  return (
    <div className="systems-bars">
      {request.systemList.map((system) => {
        const parts = request.taskCounts.filter((count) => count.system === system);
        return (
          <div key={system}>
            <Go to={addressOf('/tasks', { requestId: request.requestId, system })}>{systemName(system)}</Go>
            <StateBar of="task" parts={parts} label={`${systemName(system)} ${say('任务', 'tasks')}`} />
            <Legend of="task" parts={byStatus(parts)} />
          </div>
        );
      })}
    </div>
  );
}

function Failures({ request }: { readonly request: Request }) {
  const say = useSay();
  if (request.errorSummary.length === 0) return null;
  return (
    <Section title={say('失败原因', 'What went wrong')}>
      <Rows<Request['errorSummary'][number]>
        label={say('失败原因', 'What went wrong')}
        rows={request.errorSummary}
        rowKey={({ system, code }) => `${system} ${code}`}
        columns={[
          { key: 'why', title: say('原因', 'Cause'), render: (entry) => <Explain failure={entry} /> },
          { key: 'system', title: say('系统', 'System'), render: ({ system }) => systemName(system) },
          {
            key: 'count',
            title: say('人数', 'People'),
            isNumber: true,
            render: ({ code, count }) => (
              <Go to={addressOf(`/requests/${request.requestId}`, { errorCode: code })}>{count}</Go>
            ),
          },
        ]}
      />
    </Section>
  );
}

function Actions({ request }: { readonly request: Request }) {
  const say = useSay();
  const may = useMay();
  if (!may('requests:write', 'operate')) return null;
  const { requestId } = request;
  const failed = request.taskCounts
    .filter(({ status }) => status === 'FAILED' || status === 'CANCELLED')
    .reduce((sum, { count }) => sum + count, 0);
  const open = request.taskCounts
    .filter(({ status }) => !['COMPLETED', 'FAILED', 'CANCELLED'].includes(status))
    .reduce((sum, { count }) => sum + count, 0);
  return (
    <Space wrap>
      <Action
        label={say('重试', 'Retry')}
        title={say('重试失败的任务', 'Retry what failed')}
        disabledBecause={
          failed === 0 &&
          request.status !== 'CANCELLED' &&
          say('没有失败或取消的任务', 'Nothing of it failed or was cancelled')
        }
        description={say(
          `将重新排队 ${failed} 个失败或取消的任务。`,
          `${failed} failed or cancelled tasks will be queued again.`,
        )}
        run={() => call(RetryRequestDocument, { input: { requestId } }, { repeatable: false })}
        errorsOf={({ retryRequest }) => retryRequest.userErrors}
        done={({ retryRequest }) =>
          say(
            `${retryRequest.requeuedTasks} 个任务重新排队`,
            `${retryRequest.requeuedTasks} tasks queued again`,
          )
        }
      />
      <Action
        label={say('取消', 'Cancel')}
        title={say('取消请求', 'Cancel the request')}
        danger
        disabledBecause={!OPEN.has(request.status) && say('请求已结束', 'It has ended')}
        description={say(
          `将取消 ${open} 个未完成的任务；已发出的会等到答复。已建账号不受影响。`,
          `${open} open tasks will be cancelled; what was sent is waited for. Accounts that exist stay.`,
        )}
        run={() => call(CancelRequestDocument, { input: { requestId } }, { repeatable: false })}
        errorsOf={({ cancelRequest }) => cancelRequest.userErrors}
        done={() => say('已取消', 'Cancelled')}
      />
    </Space>
  );
}
