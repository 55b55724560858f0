import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Context,
  DiagLogLevel,
  diag,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { UpstreamError } from '../integrations/contract/errors.ts';
import { type UpstreamCallEvent, upstreamCalls } from '../integrations/http/call-events.ts';
import type { Logger } from '../logger.ts';
import { type OpenSpan, type SpanStart, type Tracer, useTracer } from '../trace.ts';

/** Spans on their way to a collector. */
export interface Tracing {
  /** Sends what is left and ends the making of spans. */
  stop(): Promise<void>;
}

const KINDS = {
  server: SpanKind.SERVER,
  consumer: SpanKind.CONSUMER,
  client: SpanKind.CLIENT,
  internal: SpanKind.INTERNAL,
} as const;
const SEND_TIMEOUT_MS = 5_000;

/**
 * Makes spans and sends them to the collector at `endpoint` (OTLP over HTTP, JSON). Imported only where traces are
 * asked for. Sampling, limits and headers are those of OpenTelemetry's own variables.
 */
export function startTracing(
  options: { readonly endpoint: string; readonly serviceName: string },
  logger: Logger,
): Tracing {
  const complain = (message: string) => logger.warn({ why: message }, 'traces could not be sent');
  const silent = () => {};
  diag.setLogger(
    { error: complain, warn: complain, info: silent, debug: silent, verbose: silent },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const url = `${options.endpoint.replace(/\/+$/, '')}/v1/traces`;
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: SEND_TIMEOUT_MS });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({
      'service.name': options.serviceName,
      'process.pid': process.pid,
    }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  const tracer = new SpanMaker(provider);
  useTracer(tracer);
  const stopObserving = tracer.observeCalls();
  return {
    async stop() {
      stopObserving();
      useTracer(null);
      await provider.shutdown().catch((error: unknown) => logger.warn({ error }, 'traces could not be sent'));
      diag.disable();
    },
  };
}

class SpanMaker implements Tracer {
  readonly #tracer;
  /** In place of OpenTelemetry's global context, which there is one of in a process. */
  readonly #contexts = new AsyncLocalStorage<Context>();

  constructor(provider: BasicTracerProvider) {
    this.#tracer = provider.getTracer('accountsync');
  }

  span<T>(start: SpanStart, work: (span: OpenSpan) => Promise<T>): Promise<T> {
    const span = this.#start(start);
    const open: OpenSpan = {
      set: (attributes) => void span.setAttributes(attributes),
      fail: (kind) => failed(span, kind),
    };
    return this.#contexts.run(trace.setSpan(this.#active(), span), async () => {
      try {
        return await work(open);
      } catch (error) {
        failed(span, error instanceof Error ? error.name : typeof error);
        throw error;
      } finally {
        span.end();
      }
    });
  }

  traceparent(): string | null {
    const span = trace.getSpanContext(this.#active());
    if (span === undefined) return null;
    return `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, '0')}`;
  }

  /** Calls to other systems tell of themselves; the span belongs to the attempt in whose course they are made. */
  observeCalls(): () => void {
    const spans = new WeakMap<object, Span>();
    const subscriber = {
      start: (call: UpstreamCallEvent) => {
        const { system, operation, method, host, path } = call;
        const attributes = {
          'accountsync.system': system,
          'accountsync.operation': operation,
          'http.request.method': method,
          'server.address': host,
          'url.template': path,
        };
        spans.set(call, this.#start({ name: `${system} ${operation}`, kind: 'client', attributes }));
      },
      end: () => {},
      asyncStart: () => {},
      asyncEnd: (call: UpstreamCallEvent & { readonly error?: unknown }) => {
        const span = spans.get(call);
        if (span === undefined) return;
        if (call.status !== undefined) span.setAttribute('http.response.status_code', call.status);
        if (call.error !== undefined) failed(span, kindOf(call.error));
        span.end();
      },
      error: () => {},
    };
    upstreamCalls.subscribe(subscriber);
    return () => upstreamCalls.unsubscribe(subscriber);
  }

  #active(): Context {
    return this.#contexts.getStore() ?? ROOT_CONTEXT;
  }

  #start({ name, kind, attributes, parent }: SpanStart): Span {
    const context = parent === undefined ? this.#active() : contextOf(parent);
    return this.#tracer.startSpan(name, { kind: KINDS[kind], attributes: { ...attributes } }, context);
  }
}

function failed(span: Span, kind: string): void {
  span.setAttribute('error.type', kind);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** One of our codes, because an error's message may identify a person. */
function kindOf(error: unknown): string {
  if (error instanceof UpstreamError) return error.code;
  return error instanceof Error ? error.name : typeof error;
}

const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

/** The context that a `traceparent` names; an empty one for anything else: then a trace begins. */
function contextOf(traceparent: string | null): Context {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return ROOT_CONTEXT;
  const traceFlags = Number.parseInt(flags, 16) & TraceFlags.SAMPLED;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}
