import { defineEntity, p } from '@mikro-orm/postgresql';

export const SwitchFollowUpSchema = defineEntity({
  name: 'SwitchFollowUp',
  tableName: 'switch_follow_up',
  properties: {
    key: p.string().primary(),
    changeId: p.bigint('string'),
  },
});

/** The last change of a switch that was followed up; every replica hears of a change, one acts on it. */
export class SwitchFollowUp extends SwitchFollowUpSchema.class {}
SwitchFollowUpSchema.setClass(SwitchFollowUp);
