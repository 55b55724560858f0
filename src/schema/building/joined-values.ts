import SchemaBuilder, { BasePlugin, type PothosTypeConfig, type SchemaTypes } from '@pothos/core';

/** One value of an enum; absent `value`: its name. */
export interface EnumValue {
  readonly description: string;
  readonly value?: string;
}

/** Values of the enums that areas and connectors add to, by the name of the enum. */
export type JoinedValues = Readonly<Record<string, Readonly<Record<string, EnumValue>>>>;

export const JOINED_VALUES = 'joinedValues';

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      joinedValues: JoinedValuesPlugin<Types>;
    }
    export interface BuildSchemaOptions<Types extends SchemaTypes> {
      joinedValues?: JoinedValues;
    }
  }
}

/** For an enum that has only joined values: none, of this type. */
export function onlyJoined<Value extends string>(): Readonly<Record<string, EnumValue & { value: Value }>> {
  return {};
}

/** Gives enums the values that `toSchema` is called with, so that schemas of several sets can be made of one builder. */
class JoinedValuesPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onTypeConfig(config: PothosTypeConfig): PothosTypeConfig {
    if (config.kind !== 'Enum') return config;
    const joined = this.options.joinedValues?.[config.name];
    if (joined === undefined) return config;
    const own = typeof config.values === 'function' ? config.values() : config.values;
    const added = Object.entries(joined).map(([name, value]) => [name, { ...value, pothosOptions: value }]);
    return { ...config, values: { ...own, ...Object.fromEntries(added) } };
  }
}

SchemaBuilder.registerPlugin(JOINED_VALUES, JoinedValuesPlugin);
