import { setTimeout as delay } from 'node:timers/promises';
import type { Portal } from '../../setup/portal.ts';

const REGISTER = `mutation ($input: RegisterDatabaseInstanceInput!) { registerDatabaseInstance(input: $input) {
  instance { name engine port tls state } userErrors { code path message } } }`;
const START = `mutation ($input: StartDatabaseSyncInput!) { startDatabaseSync(input: $input) {
  run { runId } joined userErrors { code path message } } }`;
const RUN = `query ($id: String!) { run(runId: $id) { runId kind status mode error summary
  steps { key status done total failed } items(first: 100) { nodes { key outcome errorCode message details } } } }`;
const PERMISSION = 'category scope object privilege state grantable via account { displayName }';

/** Asks the API as an auditor does. */
export class Auditor {
  readonly portal: Portal;

  constructor(portal: Portal) {
    this.portal = portal;
  }

  /** Registers a server. */
  async register(input: Readonly<Record<string, unknown>>) {
    return (await this.portal.read(REGISTER, { input })).registerDatabaseInstance;
  }

  async start(input: Readonly<Record<string, unknown>>) {
    return (await this.portal.read(START, { input })).startDatabaseSync;
  }

  /** Runs over these instances and waits until it is over or waits for a person. */
  async sync(instances: readonly string[], mode = 'RUN') {
    const type = instances.length === 1 ? 'MANUAL_SINGLE' : 'MANUAL_BATCH';
    const { run, userErrors } = await this.start({ type, mode, instances });
    if (run === null) throw new Error(JSON.stringify(userErrors));
    return this.settled(run.runId);
  }

  /** A run once nothing of it is going on. */
  async settled(runId: string) {
    for (let tries = 0; tries < 1_200; tries += 1) {
      const run = await this.run(runId);
      if (run.status !== 'RUNNING') return run;
      await delay(50);
    }
    throw new Error(`run ${runId} goes on`);
  }

  async run(runId: string) {
    return (await this.portal.read(RUN, { id: runId })).run;
  }

  /** One account of an instance, by its display name. */
  async account(instance: string, name: string, fields: string) {
    const { databaseAccounts } = await this.portal.read(
      `query ($filter: DatabaseAccountFilter) { databaseAccounts(first: 100, filter: $filter) { nodes { displayName ${fields} } } }`,
      { filter: { instance: [instance], search: name } },
    );
    return databaseAccounts.nodes.find((node: { displayName: string }) => node.displayName === name);
  }

  /** Who can do this there, as `name via>via`. */
  async whoCan(question: Readonly<Record<string, unknown>>): Promise<string[]> {
    const { whoCan } = await this.portal.read(
      `query ($instance: String!, $privilege: String!, $scope: String, $object: String) {
        whoCan(first: 100, instance: $instance, privilege: $privilege, scope: $scope, object: $object) {
          nodes { ${PERMISSION} } } }`,
      question,
    );
    return whoCan.nodes.map(
      (node: { account: { displayName: string }; privilege: string; via: string[] }) =>
        `${node.account.displayName} ${node.privilege}${node.via.length > 0 ? ` via ${node.via.join('>')}` : ''}`,
    );
  }

  /** The change log of an instance, newest first. */
  async changes(filter: Readonly<Record<string, unknown>>) {
    const { databaseAccountChanges } = await this.portal.read(
      `query ($filter: DatabaseAccountChangeFilter) { databaseAccountChanges(first: 100, filter: $filter) {
        totalCount nodes { kind message other at account { displayName } run { runId }
          added { ${PERMISSION} } removed { ${PERMISSION} } } } }`,
      { filter },
    );
    return databaseAccountChanges;
  }
}
