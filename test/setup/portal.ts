import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { z } from 'zod';

const progressEvent = z.object({
  percent: z.number(),
  final: z.boolean(),
  round: z.int(),
  totalUsers: z.int(),
  processedUsers: z.int(),
  completedUsers: z.int(),
  failedUsers: z.int(),
  changedItemCount: z.int(),
  changedItems: z.array(z.object({ employeeNumber: z.string(), status: z.string() })),
  request: z.object({ requestId: z.string(), status: z.string(), statusDisplay: z.string() }),
});
export type ProgressEvent = z.infer<typeof progressEvent>;

const answer = z.object({
  data: z.object({ requestProgress: progressEvent.nullable() }).nullish(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.record(z.string(), z.unknown()) }))
    .optional(),
});

const WATCH = `subscription Watch($id: String!) { requestProgress(requestId: $id) {
  percent final round totalUsers processedUsers completedUsers failedUsers changedItemCount
  changedItems { employeeNumber status } request { requestId status statusDisplay } } }`;

const CREATE = `mutation Create($input: CreateAccountsInput!) { createAccounts(input: $input) {
  request { requestId status totalUsers } replayed requeuedTasks userErrorCount existingRequestId
  userErrors { code message path employeeNumber } } }`;

const MAP = `mutation Map($input: UpsertDepartmentMappingsInput!) { upsertDepartmentMappings(input: $input) {
  created updated unchanged releasedTasks userErrors { code path } } }`;

type Variables = Readonly<Record<string, unknown>>;
export type Transport = 'websocket' | 'sse';

/** A caller of the API over the wire: HTTP, WebSocket (graphql-transport-ws) and SSE. */
export class Portal {
  readonly #url: string;
  readonly #authorization: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(url: string, key: string, headers: Readonly<Record<string, string>> = {}) {
    this.#url = url;
    this.#authorization = `Bearer ${key}`;
    this.#headers = headers;
  }

  /** The HTTP answer as it is. A text is sent as the body unchanged. */
  async post(body: string | { readonly query: string; readonly variables?: Variables }) {
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: this.#authorization,
        ...this.#headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }

  /** The data of an operation that must succeed. */
  async read(query: string, variables: Variables = {}) {
    const { body } = await this.post({ query, variables });
    if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
    return body.data;
  }

  async createAccounts(input: Variables) {
    return (await this.read(CREATE, { input })).createAccounts;
  }

  /** Submits a batch that must be accepted; returns its public id. */
  async submit(input: Variables): Promise<string> {
    const { request, userErrors } = await this.createAccounts(input);
    if (request === null) throw new Error(JSON.stringify(userErrors));
    return request.requestId;
  }

  async mapDepartments(codes: readonly string[]) {
    const mappings = codes.map((code) => ({
      idataDepartmentCode: code,
      idaasDepartmentCode: `WW-${code}`,
      ou: `OU=${code}`,
    }));
    return (await this.read(MAP, { input: { mappings } })).upsertDepartmentMappings;
  }

  /** Every event until the server completes the stream. @throws with the code of an error. */
  watch(requestId: string, transport: Transport = 'websocket'): AsyncGenerator<ProgressEvent, void> {
    return transport === 'websocket' ? this.#watchSocket(requestId) : this.#watchSse(requestId);
  }

  /** The last event, once the request is final. */
  async finished(requestId: string): Promise<ProgressEvent> {
    const last = (await allOf(this.watch(requestId))).at(-1);
    if (last === undefined) throw new Error(`${requestId} ended without an event`);
    return last;
  }

  async *#watchSocket(requestId: string): AsyncGenerator<ProgressEvent, void> {
    const client = createClient({
      url: this.#url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: this.#authorization, locale: this.#headers['accept-language'] },
      retryAttempts: 0,
    });
    try {
      const results = client.iterate({ query: WATCH, variables: { id: requestId } });
      for await (const result of results) yield eventOf(result);
    } finally {
      await client.dispose();
    }
  }

  async *#watchSse(requestId: string): AsyncGenerator<ProgressEvent, void> {
    const abort = new AbortController();
    const response = await fetch(this.#url, {
      method: 'POST',
      signal: abort.signal,
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: this.#authorization,
        ...this.#headers,
      },
      body: JSON.stringify({ query: WATCH, variables: { id: requestId } }),
    });
    if (response.body === null) throw new Error('a stream without a body');
    try {
      let rest = '';
      for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
        const blocks = `${rest}${chunk}`.split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          if (block.startsWith('event: next'))
            yield eventOf(JSON.parse(block.slice(block.indexOf('data: ') + 6)));
          if (block.startsWith('event: complete')) return;
        }
      }
      throw new Error('The stream ended without saying that it is complete.');
    } finally {
      abort.abort();
    }
  }
}

function eventOf(result: unknown): ProgressEvent {
  const { data, errors } = answer.parse(result);
  const progress = data?.requestProgress;
  if (progress == null || errors !== undefined)
    throw new Error(`${errors?.[0]?.extensions['code']}: ${errors?.[0]?.message}`);
  return progress;
}

/** Everything a stream brings, once it has ended. */
export async function allOf<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const events: T[] = [];
  for await (const event of stream) events.push(event);
  return events;
}
