/** Ids, names and figures that say what was done; nothing that identifies a person, and no query string. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** One piece of work, as a trace shows it. */
export interface SpanStart {
  readonly name: string;
  /** `server`: a call came in; `consumer`: a job was taken; `client`: a call goes out. */
  readonly kind: 'server' | 'consumer' | 'client' | 'internal';
  readonly attributes?: SpanAttributes;
  /** A `traceparent` of where the work was asked for; absent: the span in whose course it is begun. */
  readonly parent?: string | null;
}

/** A span that is open. */
export interface OpenSpan {
  set(attributes: SpanAttributes): void;
  /** The words of an error are not told, only what kind it is. */
  fail(kind: string): void;
}

/** Makes spans; set when traces are configured (`tracing.ts`). */
export interface Tracer {
  /** Runs `work` inside of a new span, which ends with it. */
  span<T>(start: SpanStart, work: (span: OpenSpan) => Promise<T>): Promise<T>;
  /** Of the span in whose course this is called, as `traceparent` says it (W3C Trace Context). */
  traceparent(): string | null;
}

let tracer: Tracer | null = null;

/** Sets the tracer of this process; null: no spans are made. */
export function useTracer(chosen: Tracer | null): void {
  tracer = chosen;
}

/** True while spans are made: what only they need is not even read otherwise. */
export function isTracing(): boolean {
  return tracer !== null;
}

/** To be kept with work that goes on elsewhere; null while nothing is traced. */
export function currentTraceparent(): string | null {
  return tracer?.traceparent() ?? null;
}

const noSpan: OpenSpan = { set: () => {}, fail: () => {} };

/** Runs `work`, as a span while there is a tracer; `describe` is only called then. */
export function traced<T>(describe: () => SpanStart, work: (span: OpenSpan) => Promise<T>): Promise<T> {
  return tracer === null ? work(noSpan) : tracer.span(describe(), work);
}
