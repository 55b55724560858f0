import type { ErrorEntry } from '../errors/error-entry.ts';

/** Why a poison message was not queued again, or not discarded. */
export const poisonErrors = {
  'REQUIRED.POISON': {
    zh: '请用 ids 或 queue 之一指明是哪些消息。',
    en: 'Say which messages: give one of ids and queue.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.POISON': {
    zh: 'ids 和 queue 只能给出一个。请去掉其中一个。',
    en: 'Give ids or queue, not both.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID_STATE.POISON_UNREADABLE': {
    zh: '队列 {queue} 的消息 {id} 的内容本版本无法读取（{cause}），仍留在死信中。请换用能读取它的版本后重新入队；若不再需要，用 discardPoisonMessages 丢弃。',
    en: 'This version cannot read message {id} of queue {queue} ({cause}); it stays in the dead letter. Queue it again with a version that reads it, or discard it with discardPoisonMessages if nobody needs it.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  'INVALID_STATE.POISON_LIVE': {
    zh: '队列 {queue} 的消息 {id} 所指的工作已在排队或执行，未重新入队，仍留在死信中。请等它结束后再试，或用 discardPoisonMessages 丢弃。',
    en: 'The work of message {id} of queue {queue} is queued or running already, so it was not queued again and stays in the dead letter. Try again once that is over, or discard it with discardPoisonMessages.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
} as const satisfies Record<string, ErrorEntry>;
