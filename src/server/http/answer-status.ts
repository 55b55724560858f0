import { type ExecutionResult, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { httpOutcome } from './http-status.ts';

const NEEDS_STREAM =
  'A subscription is answered as a stream: send the header "Accept: text/event-stream", or use a WebSocket with the protocol graphql-transport-ws.';

/** Gives each answer the status and headers that its errors ask for. */
export function answerStatus(): Plugin {
  return {
    onResultProcess({ request, result, setResult }) {
      if (Array.isArray(result) || Symbol.asyncIterator in result) return;
      setResult(withOutcome(result, { legacy: isLegacy(acceptOf(request)) }));
    },
  };
}

/**
 * Why this caller cannot have a subscription; null when it can. Called before opening: yoga would answer an empty 406
 * and leave the subscription open for ever.
 */
export function streamRefusal(request: Request): GraphQLError | null {
  const accept = acceptOf(request);
  if (['text/event-stream', 'text/*', '*/*'].some((type) => accept.includes(type))) return null;
  return new GraphQLError(NEEDS_STREAM, { extensions: { code: 'BAD_REQUEST', http: { status: 406 } } });
}

function withOutcome(result: ExecutionResult, options: { readonly legacy: boolean }): ExecutionResult {
  if (result.errors === undefined) return result;
  const errors = result.errors.map(withoutHttp);
  // Yoga reads `http` here, and takes it out before it answers.
  return { ...result, errors, extensions: { ...result.extensions, http: httpOutcome(result, options) } };
}

/** Removes `http` from an error, which would override the status of the whole answer. */
function withoutHttp(error: GraphQLError): GraphQLError {
  const { http, ...extensions } = error.extensions;
  if (http === undefined) return error;
  return new GraphQLError(error.message, {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    path: error.path ?? null,
    extensions,
  });
}

function acceptOf(request: Request): string {
  return request.headers.get('accept') ?? '*/*';
}

function isLegacy(accept: string): boolean {
  return accept.includes('application/json') && !accept.includes('application/graphql-response+json');
}
