import { ApiCaller, once, pages, type ReadOptions, repeatable } from './api-caller.ts';
import type { TaskAttemptFilter, WebhookDeliveryFilter } from './generated/graphql.ts';
import * as documents from './generated/graphql.ts';

const PAGE_SIZE = 100;

/** Lists that the service gives as CSV. */
export type ListExport = 'requests' | 'tasks' | 'people';

/**
 * Operations for operators besides requests and people: notifications, Settings, API keys, mappings of types, upkeep.
 */
export class OperatorCalls extends ApiCaller {
  /** Puts failures away that will not be settled, with a reason; `restore: true` brings them back. */
  readonly dismissTasks = this.mutation('dismissTasks', documents.DismissTasksDocument, repeatable);

  /** Attempts at all tasks, newest first. */
  attempts(filter?: TaskAttemptFilter, options?: ReadOptions) {
    return pages(async (after) => {
      const variables = { first: PAGE_SIZE, after, filter };
      return (await this.execute(documents.AttemptsDocument, variables, options)).attempts;
    });
  }

  /** Throughput, errors, and tasks that came and ended, by hour and system, oldest first. */
  async activity(hours: number, options?: ReadOptions) {
    return (await this.execute(documents.ActivityDocument, { hours }, options)).activity;
  }

  /**
   * A whole list as CSV in UTF-8, piece by piece.
   *
   * @param filter names of the list's filters with their values; one with several is given several times.
   */
  exportList(
    list: ListExport,
    filter: readonly (readonly [name: string, value: string])[] = [],
    options?: ReadOptions,
  ) {
    const query = new URLSearchParams(filter.map(([name, value]) => [name, value]));
    return this.download(`exports/${list}.csv?${query}`, options);
  }

  /** Every receiver of events. */
  async webhooks(options?: ReadOptions) {
    return (await this.execute(documents.WebhooksDocument, {}, options)).webhooks;
  }

  /** Adds a receiver, or changes one; `secret` is shown this once. */
  readonly upsertWebhook = this.mutation('upsertWebhook', documents.UpsertWebhookDocument, once);

  readonly deleteWebhook = this.mutation('deleteWebhook', documents.DeleteWebhookDocument, once);

  readonly testWebhook = this.mutation('testWebhook', documents.TestWebhookDocument, once);

  /** Deliveries, sent and to be sent, newest first. */
  webhookDeliveries(filter?: WebhookDeliveryFilter, options?: ReadOptions) {
    return pages(async (after) => {
      const variables = { first: PAGE_SIZE, after, filter };
      return (await this.execute(documents.WebhookDeliveriesDocument, variables, options)).webhookDeliveries;
    });
  }

  /** Sends events again, with the ids they had. */
  readonly redeliver = this.mutation('redeliver', documents.RedeliverDocument, repeatable);

  /** Removes rows past their retention; `mode: 'DRY_RUN'` only counts. */
  readonly purge = this.mutation('purge', documents.PurgeDocument, repeatable);

  async personTypeMappings(options?: ReadOptions) {
    return (await this.execute(documents.PersonTypeMappingsDocument, {}, options)).personTypeMappings;
  }

  readonly upsertPersonTypeMappings = this.mutation(
    'upsertPersonTypeMappings',
    documents.UpsertPersonTypeMappingsDocument,
    repeatable,
  );

  /** Every Setting, or those of some keys. */
  async settings(keys?: readonly string[], options?: ReadOptions) {
    return (await this.execute(documents.SettingsDocument, { keys: keys ?? null }, options)).settings;
  }

  /** Changes of Settings with their authors, newest first. */
  settingChanges(key?: string, options?: ReadOptions) {
    return pages(async (after) => {
      const variables = { first: PAGE_SIZE, after, key: key ?? null };
      return (await this.execute(documents.SettingChangesDocument, variables, options)).settingChanges;
    });
  }

  readonly updateSetting = this.mutation('updateSetting', documents.UpdateSettingDocument, once);

  /** Newest first, also those that work no longer. */
  apiKeys(options?: ReadOptions) {
    return pages(async (after) => {
      const variables = { first: PAGE_SIZE, after };
      return (await this.execute(documents.ApiKeysDocument, variables, options)).apiKeys;
    });
  }

  /** The answer's `secret` is the key itself, this once. */
  readonly createApiKey = this.mutation('createApiKey', documents.CreateApiKeyDocument, once);

  /** A new key in place of one that works on for a while. */
  readonly rotateApiKey = this.mutation('rotateApiKey', documents.RotateApiKeyDocument, once);

  readonly revokeApiKey = this.mutation('revokeApiKey', documents.RevokeApiKeyDocument, repeatable);
}
