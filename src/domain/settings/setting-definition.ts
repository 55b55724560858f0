import type { z } from 'zod';

/** One Setting: its schema, default and description. */
export interface SettingDefinition<T = unknown> {
  readonly schema: z.ZodType<T>;
  readonly defaultValue: T;
  readonly zh: string;
  readonly en: string;
}

/** A Setting of the catalogue. */
export function setting<T>(
  schema: z.ZodType<T>,
  defaultValue: T,
  zh: string,
  en: string,
): SettingDefinition<T> {
  return { schema, defaultValue, zh, en };
}

/** Every Setting by its key. */
export type SettingsCatalogue = Readonly<Record<string, SettingDefinition>>;
