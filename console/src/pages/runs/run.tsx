import { useParams } from '@tanstack/react-router';
import { Progress } from 'antd';
import { queryClient } from '../../api/call.ts';
import {
  RunDocument,
  RunItemsDocument,
  RunLiveDocument,
  type RunQuery,
  type RunWholeFragment,
} from '../../api/generated/graphql.ts';
import { useData, useLive, usePaced } from '../../api/use-data.ts';
import { usePreferences, useSay } from '../../frame/preferences.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Id } from '../../parts/id.tsx';
import { Loaded, NotThere, Page, Section } from '../../parts/page.tsx';
import { State, Word } from '../../parts/state.tsx';
import { duration, When } from '../../parts/when.tsx';
import { wordOf } from '../../text/words.ts';
import { RunActions } from './run-actions.tsx';
import { RunItems } from './run-items.tsx';
import { Steps } from './steps.tsx';
import { Summary } from './summary.tsx';

/** One run: its stages as a tree, its findings, and the result for every record. */
export function View() {
  const { id = '' } = useParams({ strict: false });
  const say = useSay();
  const { isLive, language } = usePreferences();
  const query = useData(RunDocument, { runId: id });
  const items = usePaced(
    () => void queryClient.invalidateQueries({ queryKey: [RunItemsDocument.toString()] }),
  );
  const run = query.data?.run ?? null;
  useLive(
    RunLiveDocument,
    { runId: id },
    {
      enabled: isLive && run !== null && run.finishedAt === null,
      onEvent: ({ runProgress }) => {
        queryClient.setQueryData<RunQuery>([RunDocument.toString(), { runId: id }], { run: runProgress });
        items();
      },
    },
  );
  const title = run === null ? say('运行', 'Run') : wordOf('runKind', run.kind, language).text;
  return (
    <Page title={title} extra={run && <RunActions run={run} />}>
      <Loaded query={query}>
        {({ run: found }) => (found === null ? <NotThere id={id} /> : <Whole run={found} />)}
      </Loaded>
    </Page>
  );
}

function Whole({ run }: { readonly run: RunWholeFragment }) {
  const say = useSay();
  return (
    <>
      <Section title={say('状态', 'State')} extra={<State of="run" value={run.status} />}>
        {run.progress !== null && run.finishedAt === null && (
          <Progress
            percent={Math.floor(run.progress ?? 0)}
            status="active"
            aria-label={say('进度', 'Progress')}
          />
        )}
        {run.error && <p className="explain">{run.error}</p>}
        <Facts
          of={[
            [say('运行', 'Run'), <Id key="id" id={run.runId} />],
            [say('方式', 'Mode'), <Word key="mode" of="runMode" value={run.mode} />],
            [say('触发', 'Trigger'), <Word key="trigger" of="trigger" value={run.trigger} />],
            [say('发起人', 'By'), run.createdBy],
            [say('开始', 'Started'), <When key="started" at={run.startedAt} />],
            [say('结束', 'Finished'), run.finishedAt ? <When key="finished" at={run.finishedAt} /> : null],
            [say('用时', 'Took'), run.finishedAt ? duration(run.startedAt, run.finishedAt) : null],
            [
              say('等待确认', 'Awaits confirmation'),
              run.confirmationRequestedAt ? <When key="asked" at={run.confirmationRequestedAt} /> : null,
            ],
            [say('确认人', 'Confirmed by'), run.confirmedBy],
            [say('驳回人', 'Rejected by'), run.rejectedBy],
            [say('驳回原因', 'Why rejected'), run.rejectionReason],
          ]}
        />
      </Section>
      {run.steps.length > 0 && (
        <Section title={say('步骤', 'Steps')}>
          <Steps steps={run.steps} />
        </Section>
      )}
      <Section title={say('结果', 'Summary')}>
        <Summary of={run.summary} />
      </Section>
      <Section title={say('记录', 'Records')}>
        <RunItems runId={run.runId} />
      </Section>
    </>
  );
}
