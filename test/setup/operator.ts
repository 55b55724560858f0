import { graphql } from 'graphql';
import { seesEverything } from '../../src/domain/access/visibility.ts';
import type { Locale } from '../../src/domain/errors/error-entry.ts';
import { connectorDefinitions, sourceDefinitions } from '../../src/integrations/registry.ts';
import type { RequestScope } from '../../src/schema/context/context.ts';
import { createSchema } from '../../src/schema/index.ts';
import type { ProvisioningBench } from './provisioning.ts';
import { unlimited } from './server.ts';

const systems = connectorDefinitions.map(({ system, displayName }) => ({ system, displayName }));

/** Asks the API of a bench as an operator does, without HTTP; throws where an answer has errors. */
export function operatorOf(bench: ProvisioningBench) {
  const schema = createSchema({ systems });
  const { orm, boss, settings, secrets, feed } = bench.core;
  return async (source: string, variableValues: Record<string, unknown> = {}, locale: Locale = 'EN') => {
    const contextValue: RequestScope = {
      services: {
        em: orm.em,
        boss,
        settings,
        secrets,
        rateLimits: unlimited,
        feed,
        systems,
        sources: sourceDefinitions,
        displayTimeZone: 'Asia/Shanghai',
        defaultEmailDomain: 'example.com',
        defaultLocale: 'EN',
      },
      em: orm.em.fork(),
      viewer: { principal: 'admin', scopes: new Set(['admin']), sees: seesEverything, keyId: null },
      locale,
      correlationId: 'test',
    };
    const { data, errors } = await graphql({ schema, source, variableValues, contextValue });
    if (errors !== undefined)
      throw new AggregateError(errors, errors.map(({ message }) => message).join('; '));
    return JSON.parse(JSON.stringify(data));
  };
}

const RUN = `{ id runId kind mode trigger status summary error createdBy
  steps { key name status done total } items(first: 100) { nodes { key outcome errorCode message details } } }`;

/** Starts runs of tasks through the API, and waits until they rest. */
export class TaskRuns {
  readonly #bench: ProvisioningBench;
  readonly ask: ReturnType<typeof operatorOf>;

  constructor(bench: ProvisioningBench) {
    this.#bench = bench;
    this.ask = operatorOf(bench);
  }

  async create(input: Readonly<Record<string, unknown>> = {}) {
    const source = `mutation ($input: CreateAccountTasksInput!) { createAccountTasks(input: $input) {
      joined run ${RUN} userErrors { code path message } } }`;
    return (await this.ask(source, { input })).createAccountTasks;
  }

  async process(input: Readonly<Record<string, unknown>> = {}) {
    const source = `mutation ($input: ProcessAccountTasksInput!) { processAccountTasks(input: $input) {
      joined run ${RUN} userErrors { code path message } } }`;
    return (await this.ask(source, { input })).processAccountTasks;
  }

  /** One of the mutations that take nothing but the run. */
  async tell(mutation: 'cancelRun' | 'confirmRun' | 'rejectRun' | 'resumeRun', runId: string): Promise<void> {
    const source = `mutation ($runId: String!) { ${mutation}(input: { runId: $runId }) { userErrors { code } } }`;
    await this.ask(source, { runId });
  }

  async run(runId: string, locale: Locale = 'EN') {
    return (await this.ask(`query ($runId: String!) { run(runId: $runId) ${RUN} }`, { runId }, locale)).run;
  }

  /** All of a kind, the newest first. */
  async of(kind: string) {
    const source = `query ($kind: [RunKind!]) { runs(first: 50, filter: { kind: $kind }) { nodes ${RUN} } }`;
    return (await this.ask(source, { kind: [kind] })).runs.nodes;
  }

  /** The run once it has ended, or waits for a person. */
  rested(started: { readonly run: { readonly runId: string } }) {
    return this.#bench.until(`run ${started.run.runId} resting`, async () => {
      const run = await this.run(started.run.runId);
      return run.status === 'RUNNING' ? null : run;
    });
  }
}
