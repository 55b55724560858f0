/** Bounds on what one peer may take up; overridden in tests only. */
export interface ServerLimits {
  /** Time for a client to send all headers, and the whole request. */
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
  /** Time for an operation, or an event of a subscription, to be answered; the API's statements take less. */
  readonly operationTimeoutMs: number;
  /** Operations under way at once, over HTTP and WebSocket together; more are told to come again (503). */
  readonly operationsAtOnce: number;
  /** Longest WebSocket message: a batch of a few thousand people. */
  readonly webSocketMessageBytes: number;
  /** Operations that one socket has open at the same time. */
  readonly operationsPerSocket: number;
  /** Time for a WebSocket client to say who it is. */
  readonly connectionInitTimeoutMs: number;
  /** A reader that takes nothing of what waits for it for so long is dropped. */
  readonly slowReaderMs: number;
  /** A peer that did not answer the ping before is dropped with the next one: dead peers go in twice this. */
  readonly keepAliveMs: number;
}

/** From contracts/reliability.md §4. */
export const defaultLimits: ServerLimits = {
  headersTimeoutMs: 5_000,
  requestTimeoutMs: 30_000,
  operationTimeoutMs: 10_000,
  // Six times what the connections of the API work on: enough to keep them busy, and waited for in under a second.
  operationsAtOnce: 128,
  webSocketMessageBytes: 1_048_576,
  operationsPerSocket: 20,
  connectionInitTimeoutMs: 3_000,
  slowReaderMs: 10_000,
  keepAliveMs: 12_000,
};
