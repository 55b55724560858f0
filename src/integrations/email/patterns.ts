import { createPatternMatcher } from '../contract/patterns.ts';
import type { ConnectorDependencies } from '../contract/upstream.ts';
import type { MailboxFailure } from './answers.ts';

/** Settings that hold the patterns, tested in this order (upstream-apis.md §9). */
export const EMAIL_PATTERN_KEYS = {
  conflict: 'email_conflict_patterns',
  exists: 'email_exists_patterns',
  notVisible: 'email_not_visible_patterns',
} as const;

/** Their defaults, for the catalogue of Settings. */
export const EMAIL_PATTERN_DEFAULTS = {
  conflict: 'proxy address|being used|in use|被占用',
  exists: 'already (has|enabled|mailbox)|of type \\w*Mailbox|已启用|已有邮箱',
  notVisible: 'not found|could ?n.t be found|cannot find|找不到|不存在',
} as const;

/** Reads Exchange's sentences by the patterns in force at that moment. */
export function createMailboxClassifier(
  dependencies: Pick<ConnectorDependencies, 'logger' | 'setting'>,
): (text: string) => MailboxFailure {
  const matcher = (kind: keyof typeof EMAIL_PATTERN_KEYS) =>
    createPatternMatcher(dependencies, {
      key: EMAIL_PATTERN_KEYS[kind],
      fallback: EMAIL_PATTERN_DEFAULTS[kind],
    });
  const isConflict = matcher('conflict');
  const isThere = matcher('exists');
  const isNotVisible = matcher('notVisible');
  return (text) => {
    if (isConflict(text)) return 'conflict';
    if (isThere(text)) return 'exists';
    return isNotVisible(text) ? 'not-visible' : 'other';
  };
}
