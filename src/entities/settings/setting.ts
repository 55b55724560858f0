import { defineEntity, p, Utils } from '@mikro-orm/postgresql';

export const SettingSchema = defineEntity({
  name: 'Setting',
  tableName: 'setting',
  properties: {
    key: p.string().primary(),
    value: p.json<unknown>(),
    version: p.integer(),
    updatedAt: p.datetime(),
    updatedBy: p.string().nullable(),
  },
});

/** A value that operators change at run time; a key without a row has its default. */
export class Setting extends SettingSchema.class {
  /** Sets another value, in a new version; the one it has already changes nothing. */
  change(value: unknown, by: string, at: Date): void {
    if (Utils.equals(this.value, value)) return;
    this.value = value;
    this.version += 1;
    this.updatedBy = by;
    this.updatedAt = at;
  }
}
SettingSchema.setClass(Setting);

export const SettingChangeSchema = defineEntity({
  name: 'SettingChange',
  tableName: 'setting_change',
  properties: {
    id: p.bigint('string').primary(),
    key: p.string(),
    oldValue: p.json<unknown>().nullable(),
    newValue: p.json<unknown>().nullable(),
    changedBy: p.string(),
    changedAt: p.datetime(),
  },
});

/** Who changed which setting from what to what, and when. */
export class SettingChange extends SettingChangeSchema.class {}
SettingChangeSchema.setClass(SettingChange);
