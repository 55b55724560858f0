import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Sql } from '../../entities/tables.ts';
import { statementsOn } from '../../entities/transaction.ts';
import type { Logger } from '../../logger.ts';
import type { RateLimitState, RateLimits } from '../../schema/context/context.ts';
import { LeastRecentlyUsed } from '../limits/least-recently-used.ts';

/** How many operations a principal may begin in a window. */
export interface RateLimitRule {
  readonly points: number;
  readonly windowSeconds: number;
}

export interface RateLimitsOptions {
  readonly db: () => Sql;
  /** The rule in force for a principal; may change at any time. */
  readonly ruleFor: (principal: string) => RateLimitRule;
  readonly logger: Logger;
}

/**
 * Parts of a limit: a process takes one part from the database and spends it locally, so that a limit over all
 * processes does not cost a statement per operation.
 */
const PARTS = 200;
const PRINCIPALS_MAX = 10_000;

/** Points this process holds for a principal; times by `performance.now()`. */
interface Stock {
  readonly rule: RateLimitRule;
  left: number;
  /** Points that all processes together may still take. */
  remaining: number;
  untilMs: number;
}

/** Limits per principal over all processes (rate-limiter-flexible); counts in memory while the database is away. */
export class PostgresRateLimits implements RateLimits {
  readonly #options: RateLimitsOptions;
  readonly #limiters = new Map<string, RateLimiterPostgres>();
  readonly #stocks = new LeastRecentlyUsed<string, Stock>(PRINCIPALS_MAX);
  readonly #refills = new Map<string, Promise<Stock>>();

  constructor(options: RateLimitsOptions) {
    this.#options = options;
  }

  async take(principal: string): Promise<number | null> {
    const rule = this.#options.ruleFor(principal);
    for (;;) {
      const stock = this.#stockOf(principal, rule) ?? (await this.#refill(principal, rule));
      if (stock.left > 0) {
        stock.left -= 1;
        return null;
      }
      if (stock.remaining === 0) return Math.max(1, Math.ceil((stock.untilMs - performance.now()) / 1_000));
      this.#stocks.delete(principal);
    }
  }

  async stateOf(principal: string): Promise<RateLimitState> {
    const rule = this.#options.ruleFor(principal);
    const stock = this.#stockOf(principal, rule);
    const spent = await this.#limiterFor(rule).get(principal);
    const restMs = spent === null ? 0 : Math.max(0, spent.msBeforeNext);
    const remaining = (spent?.remainingPoints ?? rule.points) + (stock?.left ?? 0);
    return {
      limit: rule.points,
      remaining: Math.min(rule.points, remaining),
      resetAt: new Date(Date.now() + restMs),
    };
  }

  /** Null when there is none, its window has ended, or the rule has changed. */
  #stockOf(principal: string, { points, windowSeconds }: RateLimitRule): Stock | null {
    const stock = this.#stocks.get(principal);
    if (stock === undefined || stock.untilMs <= performance.now()) return null;
    return stock.rule.points === points && stock.rule.windowSeconds === windowSeconds ? stock : null;
  }

  /** Runs one statement at a time for a principal, for all operations that wait. */
  #refill(principal: string, rule: RateLimitRule): Promise<Stock> {
    const running = this.#refills.get(principal);
    if (running !== undefined) return running;
    const refill = this.#buy(principal, rule).finally(() => this.#refills.delete(principal));
    this.#refills.set(principal, refill);
    return refill;
  }

  async #buy(principal: string, rule: RateLimitRule): Promise<Stock> {
    const before = this.#stocks.get(principal)?.remaining ?? rule.points;
    const part = Math.max(1, Math.min(Math.ceil(rule.points / PARTS), before));
    const { left, result } = await this.#consume(principal, rule, part);
    const untilMs = performance.now() + result.msBeforeNext;
    const stock = { rule, left, remaining: result.remainingPoints, untilMs };
    this.#stocks.set(principal, stock);
    return stock;
  }

  /** Takes a part; when less is left, takes that. */
  async #consume(
    principal: string,
    rule: RateLimitRule,
    part: number,
  ): Promise<{ readonly left: number; readonly result: RateLimiterRes }> {
    try {
      return { left: part, result: await this.#limiterFor(rule).consume(principal, part) };
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      return { left: Math.max(0, rule.points - (error.consumedPoints - part)), result: error };
    }
  }

  #limiterFor({ points, windowSeconds }: RateLimitRule): RateLimiterPostgres {
    const key = `${points}/${windowSeconds}`;
    let limiter = this.#limiters.get(key);
    if (limiter === undefined) {
      limiter = this.#createLimiter(points, windowSeconds);
      this.#limiters.set(key, limiter);
    }
    return limiter;
  }

  #createLimiter(points: number, duration: number): RateLimiterPostgres {
    const { db, logger } = this.#options;
    const query = async ({ text, values }: { readonly text: string; readonly values: unknown[] }) => {
      try {
        const { rows } = await statementsOn(db()).executeSql(text, values);
        return { rows, rowCount: rows.length };
      } catch (error) {
        logger.warn({ error }, 'rate limits are counted in memory: the database did not answer');
        throw error;
      }
    };
    return new RateLimiterPostgres({
      storeClient: { query },
      storeType: 'client',
      tableName: 'rate_limit',
      tableCreated: true,
      keyPrefix: 'api',
      points,
      duration,
      insuranceLimiter: new RateLimiterMemory({ points, duration }),
    });
  }
}
