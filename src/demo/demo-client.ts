import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { z } from 'zod';
import type { SystemProgress } from './progress-display.ts';
import { type SampleUser, sampleDepartments } from './sample-batch.ts';

const progressSchema = z.object({
  final: z.boolean(),
  etaSeconds: z.number().nullable(),
  taskCounts: z.array(z.object({ system: z.string(), status: z.string(), count: z.number() })),
  request: z.object({
    status: z.string(),
    statusDisplay: z.string(),
    totalUsers: z.number(),
    completedUsers: z.number(),
    failedUsers: z.number(),
    systemList: z.array(z.string()),
    errorSummary: z.array(
      z.object({
        system: z.string().nullable(),
        code: z.string(),
        message: z.string(),
        count: z.number(),
        fixBy: z.string(),
      }),
    ),
  }),
});

/** One event of `requestProgress`, as far as the demo shows it. */
export type DemoProgress = z.output<typeof progressSchema>;

const createdSchema = z.object({
  createAccounts: z.object({
    request: z.object({ requestId: z.string() }).nullable(),
    userErrors: z.array(z.object({ message: z.string() })),
  }),
});

const MAPPINGS = /* GraphQL */ `
  mutation Mappings($mappings: [DepartmentMappingInput!]!) {
    upsertDepartmentMappings(input: { mappings: $mappings }) { userErrors { message } }
  }`;

const CREATE = /* GraphQL */ `
  mutation Create($input: CreateAccountsInput!) {
    createAccounts(input: $input) { request { requestId } userErrors { message } }
  }`;

const PROGRESS = /* GraphQL */ `
  subscription Progress($requestId: String!) {
    requestProgress(requestId: $requestId) {
      final etaSeconds
      taskCounts { system status count }
      request {
        status statusDisplay totalUsers completedUsers failedUsers systemList
        errorSummary { system code message count fixBy }
      }
    }
  }`;

/** What a portal would do, over HTTP and WebSocket. */
export class DemoClient {
  readonly #url: string;
  readonly #authorization: string;

  constructor(options: { readonly url: string; readonly apiKey: string }) {
    this.#url = options.url;
    this.#authorization = `Bearer ${options.apiKey}`;
  }

  async loadDepartments(): Promise<void> {
    await this.#execute(MAPPINGS, { mappings: sampleDepartments });
  }

  /** Submits the batch; returns the request's id. */
  async submit(businessKey: string, userList: readonly SampleUser[]): Promise<string> {
    const input = {
      originSystem: 'DEMO',
      businessKey,
      accountType: '供应商',
      employeeType: '1',
      systemList: ['IDAAS', 'WELINK', 'EMAIL'],
      userList,
    };
    const { createAccounts } = createdSchema.parse(await this.#execute(CREATE, { input }));
    if (createAccounts.request === null)
      throw new Error(createAccounts.userErrors.map((error) => error.message).join('\n'));
    return createAccounts.request.requestId;
  }

  /** Calls `onProgress` for every event; resolves with the last. */
  async watch(requestId: string, onProgress: (progress: DemoProgress) => void): Promise<DemoProgress> {
    const client = createClient({
      url: this.#url.replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: this.#authorization },
    });
    let last: DemoProgress | null = null;
    for await (const { data, errors } of client.iterate<{ requestProgress: unknown }>({
      query: PROGRESS,
      variables: { requestId },
    })) {
      if (errors !== undefined) throw new Error(errors.map((error) => error.message).join('\n'));
      last = progressSchema.parse(data?.requestProgress);
      onProgress(last);
    }
    await client.dispose();
    if (last === null) throw new Error(`The subscription to ${requestId} ended without an event.`);
    return last;
  }

  async #execute(query: string, variables: unknown): Promise<unknown> {
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: this.#authorization },
      body: JSON.stringify({ query, variables }),
    });
    const answer = z
      .object({ data: z.unknown(), errors: z.array(z.object({ message: z.string() })).optional() })
      .parse(await response.json());
    if (answer.errors !== undefined) throw new Error(answer.errors.map((error) => error.message).join('\n'));
    return answer.data;
  }
}

/** Accounts per system, from the counts of tasks. */
export function systemProgress(progress: DemoProgress): SystemProgress[] {
  const { systemList, totalUsers } = progress.request;
  return systemList.map((system) => {
    const count = (status: string) =>
      progress.taskCounts.find((entry) => entry.system === system && entry.status === status)?.count ?? 0;
    return { system, done: count('COMPLETED'), failed: count('FAILED'), total: totalUsers };
  });
}
