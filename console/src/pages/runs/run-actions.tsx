import { Space } from 'antd';
import { call } from '../../api/call.ts';
import {
  CancelRunDocument,
  ConfirmRunDocument,
  RejectRunDocument,
  ResumeRunDocument,
  RetryFailedItemsDocument,
  type RunWholeFragment,
} from '../../api/generated/graphql.ts';
import { useSay } from '../../frame/preferences.tsx';
import { Action } from '../../parts/action.tsx';
import { useGo } from '../../parts/go.tsx';
import { SummaryLine } from './summary.tsx';

const ONCE = { repeatable: false } as const;

/** Actions that the state of a run permits. */
export function RunActions({ run }: { readonly run: RunWholeFragment }) {
  const say = useSay();
  const go = useGo();
  const { runId, status } = run;
  const input = { runId };
  const open = (answer: { readonly run?: { readonly runId: string } | null }) => {
    if (answer.run && answer.run.runId !== runId) go(`/runs/${answer.run.runId}`);
  };
  return (
    <Space wrap>
      {status === 'AWAITING_CONFIRMATION' && (
        <>
          <Action
            label={say('确认', 'Confirm')}
            type="primary"
            description={
              <p>
                {run.error} <SummaryLine of={run.summary} />
              </p>
            }
            run={() => call(ConfirmRunDocument, { input }, ONCE)}
            errorsOf={({ confirmRun }) => confirmRun.userErrors}
            done={() => say('已确认', 'Confirmed')}
            onDone={({ confirmRun }) => open(confirmRun)}
          />
          <Action
            label={say('否决', 'Reject')}
            danger
            fields={[{ name: 'reason', label: say('原因', 'Reason') }]}
            run={(values) =>
              call(RejectRunDocument, { input: { runId, reason: values['reason'] || null } }, ONCE)
            }
            errorsOf={({ rejectRun }) => rejectRun.userErrors}
            done={() => say('已驳回', 'Rejected')}
          />
        </>
      )}
      {status === 'RUNNING' && (
        <Action
          label={say('停止', 'Stop')}
          danger
          description={say(
            '做完手头的一批后停止；已做的保留。',
            'It stops after what is in hand; what was done stays.',
          )}
          run={() => call(CancelRunDocument, { input }, ONCE)}
          errorsOf={({ cancelRun }) => cancelRun.userErrors}
          done={() => say('正在停止', 'It stops')}
        />
      )}
      {(status === 'FAILED' || status === 'CANCELLED') && (
        <Action
          label={say('继续', 'Resume')}
          description={say('从上次的检查点继续。', 'Goes on from its last checkpoint.')}
          run={() => call(ResumeRunDocument, { input }, ONCE)}
          errorsOf={({ resumeRun }) => resumeRun.userErrors}
          done={() => say('已继续', 'Resumed')}
          onDone={({ resumeRun }) => open(resumeRun)}
        />
      )}
      {status === 'COMPLETED_WITH_ERRORS' && (
        <Action
          label={say('重试失败项', 'Retry failed')}
          run={() => call(RetryFailedItemsDocument, { input }, ONCE)}
          errorsOf={({ retryFailedItems }) => retryFailedItems.userErrors}
          done={() => say('已开始', 'Started')}
          onDone={({ retryFailedItems }) => open(retryFailedItems)}
        />
      )}
    </Space>
  );
}
