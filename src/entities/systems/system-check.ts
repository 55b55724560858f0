import { defineEntity, p } from '@mikro-orm/postgresql';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';

export const SystemCheckSchema = defineEntity({
  name: 'SystemCheck',
  tableName: 'system_check',
  properties: {
    /** Of a connector, or `HIEDS`. */
    system: p.string().primary(),
    checkedAt: p.datetime(),
    reachable: p.boolean(),
    /** Null: unknown. */
    credentialsAccepted: p.boolean().nullable(),
    latencyMs: p.integer(),
    errorCode: p.string().nullable(),
    errorParameters: p.json<ErrorParameters>().nullable(),
    /** The system's answer, masked. */
    detail: p.string().nullable(),
    /** When the token ends that the worker who checked holds; null where there is none, or it never ends. */
    tokenEndsAt: p.datetime().nullable(),
    /** The worker who checked. */
    host: p.string(),
  },
});

/** Result of the last check by hand; one per system. */
export class SystemCheck extends SystemCheckSchema.class {}
SystemCheckSchema.setClass(SystemCheck);
