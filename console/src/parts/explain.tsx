import { useRouterState } from '@tanstack/react-router';
import { Alert, Button, Space } from 'antd';
import { ApiError, ConnectionError } from '../../../clients/typescript/src/errors.ts';
import { usePreferences, useSay } from '../frame/preferences.tsx';
import { BASE, Go } from './go.tsx';
import { Copy } from './id.tsx';
import { Word } from './state.tsx';

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly fixBy: string;
  readonly retryable?: boolean;
  readonly advice?: readonly Advice[];
}

/** Why something failed: what happened, whose turn it is, and the code to name. */
export function Explain({
  failure,
  isSaid = false,
}: {
  readonly failure: Failure | null | undefined;
  /** What happened stands above already. */
  readonly isSaid?: boolean | undefined;
}) {
  if (failure === null || failure === undefined) return null;
  return (
    <div className="explain">
      {!isSaid && <div>{failure.message}</div>}
      <div className="quiet">
        <Word of="fixBy" value={failure.fixBy} /> · <code>{failure.code}</code>
      </div>
      {failure.advice && <Advised advice={failure.advice} />}
    </div>
  );
}

interface Advice {
  readonly button: string;
  readonly page: string;
}

/** Where the buttons are that a text of the API names, unless they are on this very page, or stand beside it. */
export function Advised({
  advice,
  beside = [],
}: {
  readonly advice: readonly Advice[];
  readonly beside?: readonly string[];
}) {
  const here = useRouterState({ select: ({ location }) => location.pathname.replace(BASE, '') });
  const elsewhere = advice.filter(
    ({ page, button }) => page.split('?')[0] !== here && !beside.includes(button),
  );
  return (
    <>
      {elsewhere.map(({ button, page }) => (
        <Go key={`${button} ${page}`} to={page} className="advised">
          {button}
        </Go>
      ))}
    </>
  );
}

/** A call that failed as a whole: what the service said, its code, and the id under which it logged it. */
export function CallError({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const say = useSay();
  if (error === null || error === undefined) return null;
  const { title, details, correlationId } = describe(error, say);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={title}
      description={
        <Space wrap>
          {details !== '' && <code>{details}</code>}
          {correlationId !== null && (
            <span>
              {say('关联号', 'correlation id')} <code>{correlationId}</code>
              <Copy text={correlationId} />
            </span>
          )}
          {onRetry && (
            <Button size="small" onClick={onRetry}>
              {say('重试', 'Try again')}
            </Button>
          )}
        </Space>
      }
    />
  );
}

function describe(error: unknown, say: (chinese: string, english: string) => string) {
  if (error instanceof ApiError) {
    const wait = error.retryAfterSeconds;
    const later = wait === null ? '' : say(`，${wait} 秒后再试`, `, try again in ${wait} s`);
    return { title: error.message + later, details: error.code ?? '', correlationId: error.correlationId };
  }
  if (error instanceof ConnectionError) {
    const title = say(
      '服务连接不上，正在等待恢复。',
      'The service cannot be reached; this page keeps trying.',
    );
    return { title, details: '', correlationId: null };
  }
  return { title: error instanceof Error ? error.message : String(error), details: '', correlationId: null };
}

interface UserError {
  readonly code: string;
  readonly message: string;
  readonly path?: readonly string[] | null;
  readonly employeeNumber?: string | null;
}

/** `userErrors` of a mutation, with their reasons. */
export function UserErrors({ errors }: { readonly errors: readonly UserError[] }) {
  const { language } = usePreferences();
  if (errors.length === 0) return null;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={errors[0]?.message}
      description={
        <ul className="plain">
          {errors.map((error, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list does not change
            <li key={index}>
              {index > 0 && <>{error.message} </>}
              <code>{error.code}</code>
              {error.path && error.path.length > 0 && (
                <> · {error.path.join(language === 'EN' ? ' › ' : '›')}</>
              )}
              {error.employeeNumber && <> · {error.employeeNumber}</>}
            </li>
          ))}
        </ul>
      }
    />
  );
}
