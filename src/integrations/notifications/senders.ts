import type { ErrorParameters } from '../../domain/errors/error-entry.ts';

/** A message that did not arrive: one code of `notificationErrors`, and whether another try can help. */
export class DeliveryFailed extends Error {
  readonly code: string;
  readonly parameters: ErrorParameters;
  /** True: the same message will never be taken. */
  readonly permanent: boolean;
  /** True: it is our side that has to be put right, and no message is to blame; it waits as long as that takes. */
  readonly ours: boolean;
  /** HTTP status of the answer; null when there was none. */
  readonly status: number | null;
  /** How long the receiver asked to be left alone. */
  readonly retryAfterMs: number | null;

  constructor(
    failure: {
      readonly code: string;
      readonly parameters: ErrorParameters;
      readonly permanent?: boolean;
      readonly ours?: boolean;
      readonly status?: number | null;
      readonly retryAfterMs?: number | null;
    },
    cause?: unknown,
  ) {
    super(`${failure.code} ${JSON.stringify(failure.parameters)}`, { cause });
    this.name = 'DeliveryFailed';
    this.code = failure.code;
    this.parameters = failure.parameters;
    this.permanent = failure.permanent ?? false;
    this.ours = failure.ours ?? false;
    this.status = failure.status ?? null;
    this.retryAfterMs = failure.retryAfterMs ?? null;
  }
}

/** Sends webhooks. */
export interface WebhookSender {
  /** Posts `body` and resolves with the status of a 2xx answer. Throws `DeliveryFailed`. */
  send(message: {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  }): Promise<{ readonly status: number }>;
}

/** Sends mail. */
export interface MailSender {
  /** Resolves when the server took the message. Throws `DeliveryFailed`. */
  send(message: {
    /** Null: the sender that follows from the server's URL. */
    readonly from: string | null;
    readonly to: string;
    readonly subject: string;
    readonly text: string;
    /** Tells a repeated message from a new one. */
    readonly messageId: string;
  }): Promise<void>;
  close(): void;
}
