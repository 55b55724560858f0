import { defineEntity, p } from '@mikro-orm/postgresql';
import type { Condition } from '../../domain/databases/rules/condition.ts';
import { DatabaseAccount } from './database-account.ts';

export const DatabaseClassificationRuleSchema = defineEntity({
  name: 'DatabaseClassificationRule',
  tableName: 'database_classification_rule',
  properties: {
    id: p.bigint('string').primary(),
    code: p.string(),
    nameZh: p.string(),
    nameEn: p.string(),
    /** None: all. */
    engines: p.array(),
    condition: p.json<Condition>(),
    enabled: p.boolean(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

/** A rule that puts accounts into a class. */
export class DatabaseClassificationRule extends DatabaseClassificationRuleSchema.class {}
DatabaseClassificationRuleSchema.setClass(DatabaseClassificationRule);

export const DatabaseClassificationSchema = defineEntity({
  name: 'DatabaseClassification',
  tableName: 'database_classification',
  properties: {
    id: p.bigint('string').primary(),
    account: () => p.manyToOne(DatabaseAccount),
    code: p.string(),
    manual: p.boolean(),
    /** Taken off by hand: no rule puts it on again. */
    excluded: p.boolean(),
  },
});

/** A class that an account is in, by a rule or by hand. */
export class DatabaseClassification extends DatabaseClassificationSchema.class {}
DatabaseClassificationSchema.setClass(DatabaseClassification);
