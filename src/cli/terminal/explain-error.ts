import { CommanderError } from 'commander';
import { UnreadableFile } from '../../../clients/files/src/unreadable-file.ts';
import {
  ApiError,
  ConnectionError,
  RefusedError,
} from '../../../clients/typescript/src/accountsync-client.ts';
import type { Say } from '../arguments/locale.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { adviseChoice } from './advise-choice.ts';

/** The message of an error for the user; null for an unexpected one. An empty text: it was shown already. */
export function explainError(error: unknown, say: Say): string | null {
  if (error instanceof CommanderError) return '';
  if (error instanceof ConnectionError) {
    const unreachable = say(
      `无法连接 ${error.url}，或它没有正确回答；服务在运行吗？地址对吗？`,
      `${error.url} cannot be reached, or did not answer as it should; does the service run there?`,
    );
    return `${unreachable}${causeOf(error)}`;
  }
  if (error instanceof ApiError) {
    const id = error.correlationId === null ? '' : ` (${error.code ?? ''} ${error.correlationId})`;
    return `${error.message}${id}${error.code === 'UNAUTHENTICATED' ? `\n${whichKey(say)}` : ''}`;
  }
  if (error instanceof UnreadableFile) {
    const advice = error.choice === null ? '' : adviseChoice(error.choice, say);
    return `${error.message}${advice}${causeOf(error)}`;
  }
  if (error instanceof RefusedError || error instanceof UsageError)
    return `${error.message}${causeOf(error)}`;
  return null;
}

function whichKey(say: Say): string {
  return say(
    '密钥来自 --api-key、ACCOUNTSYNC_API_KEY、ADMIN_API_KEY 或 DATA_DIR 中的 admin-api-key。',
    'The key comes from --api-key, ACCOUNTSYNC_API_KEY, ADMIN_API_KEY, or admin-api-key in DATA_DIR.',
  );
}

function causeOf(error: Error): string {
  const { cause } = error;
  if (!(cause instanceof Error)) return error instanceof ConnectionError ? ` (${error.message})` : '';
  // fetch's own error says only that it failed; its cause has the reason.
  const inner = cause.cause instanceof Error && cause.cause.message !== '' ? cause.cause : cause;
  return ` (${inner.message})`;
}
