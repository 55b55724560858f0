import type { RunWholeFragment } from '../../api/generated/graphql.ts';
import { useSay } from '../../frame/preferences.tsx';
import { State } from '../../parts/state.tsx';
import { duration, When } from '../../parts/when.tsx';
import { systemName } from '../../text/systems.ts';

type Step = RunWholeFragment['steps'][number];

/** The stages of a run as a tree, each with its progress. */
export function Steps({
  steps,
  under = null,
}: {
  readonly steps: readonly Step[];
  readonly under?: string | null;
}) {
  const say = useSay();
  return (
    <ul className="tree">
      {steps
        .filter(({ parentKey }) => (parentKey ?? null) === under)
        .map((step) => (
          <li key={step.key}>
            <div className="row">
              <strong>{systemName(step.name)}</strong>
              <State of="step" value={step.status} />
              <span>
                {step.total !== 0 && step.done}
                {step.total ? ` / ${step.total}` : ''}
                {step.failed > 0 && say(`，失败 ${step.failed}`, `, ${step.failed} failed`)}
              </span>
              {step.startedAt && <When at={step.startedAt} />}
              {step.startedAt && step.finishedAt && (
                <span className="quiet">{duration(step.startedAt, step.finishedAt)}</span>
              )}
            </div>
            {step.total ? (
              <div
                className="bar thin"
                role="img"
                aria-label={`${systemName(step.name)}: ${step.done} / ${step.total}`}
              >
                <span
                  className="tone-success"
                  style={{ width: `${((step.done - step.failed) / step.total) * 100}%` }}
                />
                <span className="tone-error" style={{ width: `${(step.failed / step.total) * 100}%` }} />
              </div>
            ) : null}
            {step.error && <div className="explain">{step.error}</div>}
            {steps.some(({ parentKey }) => parentKey === step.key) && (
              <Steps steps={steps} under={step.key} />
            )}
          </li>
        ))}
    </ul>
  );
}
