/** Bounds on what one peer may take up; overridden in tests only. */
export interface ServerLimits {
  /** Time for a client to send all headers, and the whole request. */
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
  /** Time for an operation, or an event of a subscription, to be answered; the API's statements take less. */
  readonly operationTimeoutMs: number;
  /** Operations that run at once, over HTTP and WebSocket together; more are refused with 503. */
  readonly operationsAtOnce: number;
  /** Longest WebSocket message: a batch of a few thousand people. */
  readonly webSocketMessageBytes: number;
  /** Operations that one socket has open at the same time. */
  readonly operationsPerSocket: number;
  /** Time for a WebSocket client to sign in. */
  readonly connectionInitTimeoutMs: number;
  /** A client that reads nothing for this long is disconnected. */
  readonly slowReaderMs: number;
  /**
   * Interval of pings. A peer that has not answered one ping is disconnected at the next, so a dead peer is gone
   * after twice this.
   */
  readonly keepAliveMs: number;
}

/** From contracts/reliability.md §4. */
export const defaultLimits: ServerLimits = {
  headersTimeoutMs: 5_000,
  requestTimeoutMs: 30_000,
  operationTimeoutMs: 10_000,
  // Six times the API's connections: enough to keep them busy, and a wait of less than a second.
  operationsAtOnce: 128,
  webSocketMessageBytes: 1_048_576,
  operationsPerSocket: 20,
  connectionInitTimeoutMs: 3_000,
  slowReaderMs: 10_000,
  keepAliveMs: 12_000,
};
