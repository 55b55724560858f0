import type { ErrorEntry } from '../errors/error-entry.ts';
import type { SealProblem } from './seal.ts';

/** Kinds of problems that a verification of the audit log can find. */
export type AuditProblemKind =
  | SealProblem
  | 'ENTRY_ALTERED'
  | 'ENTRY_REMOVED'
  | 'ENTRY_INSERTED'
  | 'ENTRY_MOVED'
  | 'HEAD_MISSING';

const whatToDoZh = '请保留数据库和备份作为证据，与此前保存的链头和备份比对，查明是谁改的。';
const whatToDoEn =
  'Keep the database and its backups as evidence, and compare them with heads and backups kept before to find out who did it.';

function broken(zh: string, en: string): ErrorEntry {
  return { zh: `${zh}${whatToDoZh}`, en: `${en} ${whatToDoEn}`, fixBy: 'OPERATOR', retryable: false };
}

/** `entry` and `seal` are numbers in the audit log, `head` a hash. */
export const auditErrors = {
  'AUDIT_BROKEN.ENTRY_ALTERED': broken(
    '审计记录 {entry} 与封存 {seal} 时的内容不同：它被修改过。',
    'Entry {entry} of the audit log is not what it was when seal {seal} was made: it was altered.',
  ),
  'AUDIT_BROKEN.ENTRY_REMOVED': broken(
    '封存 {seal} 中的审计记录 {entry} 不见了：它被删除。',
    'Entry {entry} of the audit log, under seal {seal}, is gone: it was removed.',
  ),
  'AUDIT_BROKEN.ENTRY_INSERTED': broken(
    '审计记录 {entry} 不在任何封存之中，但其位置早已封存：它是后来插入的。',
    'Entry {entry} of the audit log is under no seal, though its place was sealed long ago: it was inserted later.',
  ),
  'AUDIT_BROKEN.ENTRY_MOVED': broken(
    '封存 {seal} 中的审计记录 {entry} 原在别的位置：顺序被改动。',
    'Entry {entry} of the audit log, under seal {seal}, stood in another place: the order was changed.',
  ),
  'AUDIT_BROKEN.SEAL_ALTERED': broken(
    '封存 {seal} 的内容与其哈希不符：它被修改过。',
    'Seal {seal} of the audit log does not have the contents its hash was made of: it was altered.',
  ),
  'AUDIT_BROKEN.SEAL_REMOVED': broken(
    '封存 {seal} 之前的封存不见了：它们被删除，且不是由清理任务删除的。',
    'What comes before seal {seal} of the audit log is gone, and not by the purge: seals were removed.',
  ),
  'AUDIT_BROKEN.SEAL_MOVED': broken(
    '封存 {seal} 不接续前一个封存：链被改动。',
    'Seal {seal} of the audit log does not follow the one before it: the chain was changed.',
  ),
  'AUDIT_BROKEN.HEAD_MISSING': broken(
    '链中没有哈希 {head}：自保存它以来，链被截断或重建（或者它早于保留期限而被清理）。',
    'The chain does not have the hash {head}: since it was noted, the chain was cut off or made anew (or it is so old that it was purged).',
  ),
} as const satisfies Record<string, ErrorEntry>;
