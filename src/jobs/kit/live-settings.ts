import { z } from 'zod';
import { type PausedSystem, pausesAt } from '../../domain/settings/paused-systems.ts';
import type { SettingDefinition, SettingsCatalogue } from '../../domain/settings/setting-definition.ts';
import { type commonSettings, maxConcurrencyKey, rateLimitKey } from '../../domain/settings-catalogue.ts';
import type { Sql } from '../../entities/tables.ts';
import type { Logger } from '../../logger.ts';

type CommonSettings = typeof commonSettings;
type CommonValue<K extends keyof CommonSettings> = CommonSettings[K]['defaultValue'];

/** Called after a reload with the keys whose values changed. */
export type SettingsListener = (changed: readonly string[]) => void;

const systemList = z.array(z.string());
const pausedSystems = z.array(
  z.object({ system: z.string(), until: z.string().nullish(), reason: z.string() }),
);
const dependencyGraph = z.record(z.string(), z.array(z.string()));

/**
 * The Settings as this process sees them: defaults overlaid by the table. Reading is synchronous; `reload` is
 * called at start and whenever the database says that one changed. A stored value that does not parse is refused
 * with a warning and the value before it stays.
 */
export class LiveSettings {
  readonly #catalogue: SettingsCatalogue;
  readonly #logger: Logger;
  readonly #listeners = new Set<SettingsListener>();
  /** Unknown keys that were logged already. */
  readonly #unknown = new Set<string>();
  #values: Map<string, unknown>;
  #started = 0;
  #applied = 0;

  constructor(catalogue: SettingsCatalogue, logger: Logger) {
    this.#catalogue = catalogue;
    this.#logger = logger;
    this.#values = new Map(
      Object.entries(catalogue).map(([key, definition]) => [key, definition.defaultValue]),
    );
  }

  get<K extends keyof CommonSettings & string>(key: K): CommonValue<K> {
    return this.#parse<CommonValue<K>>(key);
  }

  /** Any setting by its key, for callers that know its type otherwise. */
  raw(key: string): unknown {
    return this.#values.get(key);
  }

  /** Keys of all Settings of this installation, in alphabetical order. */
  get keys(): readonly string[] {
    return Object.keys(this.#catalogue).toSorted();
  }

  /** Definition of a Setting; null when there is none of this key. */
  definition(key: string): SettingDefinition | null {
    return (Object.hasOwn(this.#catalogue, key) ? this.#catalogue[key] : null) ?? null;
  }

  get enabledSystems(): readonly string[] {
    return systemList.parse(this.raw('enabled_account_types'));
  }

  get dependencies(): Readonly<Record<string, readonly string[]>> {
    return dependencyGraph.parse(this.raw('account_dependencies'));
  }

  /** Pauses in force now; one that ran out is left out, though the table still has it. */
  pausedSystems(nowMs: number): readonly PausedSystem[] {
    return pausesAt(pausedSystems.parse(this.raw('paused_systems')), nowMs);
  }

  /** True while a pause of this system is in force. */
  isPaused(system: string): boolean {
    return this.pausedSystems(Date.now()).some((pause) => pause.system === system);
  }

  ratePerSecond(system: string): number {
    return z.number().parse(this.raw(rateLimitKey(system)));
  }

  /** False for an upstream that has a Setting of its own for that, or none. */
  hasRate(system: string): boolean {
    return Object.hasOwn(this.#catalogue, rateLimitKey(system));
  }

  maxConcurrency(system: string): number {
    return z.number().parse(this.raw(maxConcurrencyKey(system)));
  }

  /** Returns a function that ends the listening. */
  onChange(listener: SettingsListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async reload(sql: Sql): Promise<void> {
    this.#started += 1;
    const turn = this.#started;
    const rows = await sql.selectFrom('setting').select(['key', 'value']).execute();
    // Two reloads may overlap: the one that began later is newer, whichever is answered last.
    if (turn < this.#applied) return;
    this.#applied = turn;
    const stored = new Map(rows.map((row) => [row.key, row.value]));
    this.#logUnknown(stored.keys());
    const changed: string[] = [];
    const next = new Map<string, unknown>();
    for (const [key, definition] of Object.entries(this.#catalogue)) {
      const value = stored.has(key) ? this.#accept(key, stored.get(key)) : definition.defaultValue;
      next.set(key, value);
      if (JSON.stringify(value) !== JSON.stringify(this.#values.get(key))) changed.push(key);
    }
    this.#values = next;
    if (changed.length > 0) for (const listener of this.#listeners) listener(changed);
  }

  /**
   * Logs stored keys that this build does not know: another build may know them, or a typing error in SQL had no
   * effect.
   */
  #logUnknown(keys: Iterable<string>): void {
    for (const key of keys) {
      if (Object.hasOwn(this.#catalogue, key) || this.#unknown.has(key)) continue;
      this.#unknown.add(key);
      this.#logger.info({ setting: key }, 'a stored setting is ignored: this build has none of this name');
    }
  }

  #accept(key: string, value: unknown): unknown {
    const parsed = this.#catalogue[key]?.schema.safeParse(value);
    if (parsed?.success === true) return parsed.data;
    const problem = parsed === undefined ? 'unknown key' : z.prettifyError(parsed.error);
    this.#logger.warn(
      { setting: key, problem },
      'a stored setting is refused; the value before it stays in force',
    );
    return this.#values.get(key);
  }

  #parse<T>(key: keyof CommonSettings & string): T;
  #parse(key: string): unknown {
    return this.#values.get(key);
  }
}
