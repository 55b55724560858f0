import { defineEntity, p } from '@mikro-orm/postgresql';

export const SyncSourceSchema = defineEntity({
  name: 'SyncSource',
  tableName: 'sync_source',
  properties: {
    kind: p.string().primary(),
    scope: p.string().primary(),
    /** As the worker that started last has it; null: no worker has said. */
    configured: p.boolean().nullable(),
    /** True when it is the sandbox that is read. */
    sandboxed: p.boolean().nullable(),
    /** Everything that changed before is stored. */
    watermark: p.datetime().nullable(),
    /** Rows of the last full sync. */
    lastFullCount: p.integer().nullable(),
    updatedAt: p.datetime(),
  },
});

/** Facts about a source that last between runs. */
export class SyncSource extends SyncSourceSchema.class {}
SyncSourceSchema.setClass(SyncSource);
