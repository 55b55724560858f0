import { z } from 'zod';
import { type PlayedCall, type SandboxSystem, sandboxOperations, sandboxSystems } from './played-system.ts';
import { seededRandom } from './random.ts';

/** Every way in which the sandbox can misbehave. */
export const faultKinds = [
  /** The system's port is closed until the rule is removed: connections are refused. Ignores all other fields. */
  'refuse',
  /** The connection breaks after the request was read, before anything was done. */
  'reset',
  /** Everything is done, then the connection breaks. */
  'answer-lost',
  /** Done; the answer breaks off in the middle. */
  'half',
  /** No answer until `release()`. Not done before that, unless `apply`. */
  'hang',
  /** HTTP 429 (or `status`), with `retryAfter` as it stands, or without the header. */
  'throttle',
  /** HTTP `status` (500) with a gateway's words. */
  'status',
  /** HTTP 200 with something that is no JSON. */
  'garbage',
  /** HTTP 200 with a login page. */
  'html',
  /** HTTP 200 without a body. */
  'empty',
  /** HTTP 302 to `location`. */
  'redirect',
  /** HTTP 200 with `bytes` (100 MB) of JSON that never ends. */
  'huge',
  /** The same, a few kilobytes on the wire. */
  'gzip-bomb',
  /** Answers as if the token had expired. */
  'token-expired',
  /** Answers `code` and `message` in the system's own envelope, with HTTP 200. */
  'business-error',
  /** A proxy delivers the request twice and passes on the second answer. */
  'duplicate',
  /** Created, but look-ups and other systems see it only after `delayMs`. */
  'invisible',
  /** Answers after `delayMs`. */
  'delay',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** One line of the fault script, as sent to `POST /__sandbox/faults`. */
export const faultRule = z.strictObject({
  system: z.enum([...sandboxSystems, '*']),
  operation: z.enum([...sandboxOperations, '*']).default('*'),
  /** Employee number, phone, login or alias the call must concern. */
  match: z.string().optional(),
  fault: z.enum(faultKinds),
  /** How many calls it hits before it is spent. */
  times: z.union([z.int().positive(), z.literal('forever')]).default(1),
  /** Lets this many matching calls pass first. */
  afterCalls: z.int().nonnegative().default(0),
  probability: z.number().min(0).max(1).default(1),
  seed: z.int().default(1),
  /** Whether the effect takes place; each fault has its own default. */
  apply: z.boolean().optional(),
  status: z.int().min(200).max(599).optional(),
  retryAfter: z.union([z.string(), z.number()]).optional(),
  delayMs: z.int().nonnegative().default(1_000),
  code: z.string().optional(),
  message: z.string().optional(),
  location: z.string().optional(),
  bytes: z
    .int()
    .positive()
    .default(100 * 1024 * 1024),
});
export type FaultRule = z.infer<typeof faultRule>;
export type FaultInput = z.input<typeof faultRule>;

/** A rule in force, with what it has done so far. */
export interface ActiveFault {
  readonly id: number;
  readonly rule: FaultRule;
  hits: number;
}

/** The rules in force, in the order they were added; the first that fits a call is played. */
export interface FaultScript {
  add(input: FaultInput): ActiveFault;
  /** Removes one rule, or all. */
  remove(id?: number): void;
  list(): ActiveFault[];
  /** The fault to play on a call; counts it. */
  pick(system: SandboxSystem, call: PlayedCall): FaultRule | null;
  isRefusing(system: SandboxSystem): boolean;
}

export function createFaultScript(): FaultScript {
  let rules: (ActiveFault & { passed: number; readonly random: () => number })[] = [];
  let lastId = 0;
  return {
    add(input) {
      const rule = faultRule.parse(input);
      lastId += 1;
      const active = { id: lastId, rule, hits: 0, passed: 0, random: seededRandom(rule.seed) };
      rules.push(active);
      return view(active);
    },
    remove(id) {
      rules = id === undefined ? [] : rules.filter((rule) => rule.id !== id);
    },
    list: () => rules.map(view),
    pick(system, call) {
      for (const active of rules) {
        const { rule } = active;
        if (rule.fault === 'refuse' || isSpent(active) || !fits(rule, { system, call })) continue;
        if (active.passed < rule.afterCalls) {
          active.passed += 1;
          continue;
        }
        if (active.random() >= rule.probability) continue;
        active.hits += 1;
        return rule;
      }
      return null;
    },
    isRefusing: (system) =>
      rules.some(({ rule }) => rule.fault === 'refuse' && (rule.system === '*' || rule.system === system)),
  };
}

function view({ id, rule, hits }: ActiveFault): ActiveFault {
  return { id, rule, hits };
}

function isSpent({ rule, hits }: ActiveFault): boolean {
  return rule.times !== 'forever' && hits >= rule.times;
}

function fits(rule: FaultRule, seen: { readonly system: SandboxSystem; readonly call: PlayedCall }): boolean {
  return (
    (rule.system === '*' || rule.system === seen.system) &&
    (rule.operation === '*' || rule.operation === seen.call.operation) &&
    (rule.match === undefined || seen.call.matchable.includes(rule.match))
  );
}
