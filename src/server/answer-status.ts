import { type ExecutionResult, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { httpOutcome } from './http-status.ts';

const NEEDS_STREAM =
  'A subscription is answered as a stream: send the header "Accept: text/event-stream", or use a WebSocket with the protocol graphql-transport-ws.';

/** Gives each answer the status and headers that its errors ask for. */
export function answerStatus(): Plugin {
  return {
    async onResultProcess({ request, result, setResult }) {
      const accept = request.headers.get('accept') ?? '*/*';
      if (Array.isArray(result)) return;
      if (!(Symbol.asyncIterator in result)) {
        setResult(withOutcome(result, { legacy: isLegacy(accept) }));
        return;
      }
      if (acceptsStream(accept)) return;
      // Yoga would answer 406 with nothing and leave the subscription open for good.
      await result[Symbol.asyncIterator]().return?.();
      const extensions = { code: 'BAD_REQUEST', http: { status: 406 } };
      const errors = [new GraphQLError(NEEDS_STREAM, { extensions })];
      setResult(withOutcome({ errors }, { legacy: false }));
    },
  };
}

function withOutcome(result: ExecutionResult, options: { readonly legacy: boolean }): ExecutionResult {
  if (result.errors === undefined) return result;
  const errors = result.errors.map(withoutHttp);
  // Yoga reads `http` here, and takes it out before it answers.
  return { ...result, errors, extensions: { ...result.extensions, http: httpOutcome(result, options) } };
}

/** Left on an error, it would overrule the status decided for the whole answer. */
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

function isLegacy(accept: string): boolean {
  return accept.includes('application/json') && !accept.includes('application/graphql-response+json');
}

function acceptsStream(accept: string): boolean {
  return ['text/event-stream', 'text/*', '*/*'].some((type) => accept.includes(type));
}
