import type { IncomingMessage, ServerResponse } from 'node:http';
import { appliesByDefault, writeAnswer, writeFault } from './fault-answers.ts';
import type { FaultRule, FaultScript } from './faults.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';
import type { PlayedAnswer, PlayedCall, PlayedSystem } from './played-system.ts';
import { pause, readBody } from './system-server.ts';

const NOT_PERFORMED: PlayedAnswer = { status: 200, body: {}, outcome: 'not performed', applied: false };

/** Shared by all played systems: the fault script, the ledger, and the latency of the network. */
export interface Stage {
  readonly script: FaultScript;
  readonly ledger: Ledger;
  /** Milliseconds the next call takes. */
  readonly latencyMs: () => number;
  /** Resolves when the requests that have come by now are let go, should they hang. */
  readonly released: () => Promise<void>;
}

/** Plays one request: reads it, writes the ledger, has the effect, and answers as the fault script orders. */
export async function playRequest(
  exchange: { readonly request: IncomingMessage; readonly response: ServerResponse },
  played: { readonly system: PlayedSystem; readonly stage: Stage },
): Promise<void> {
  const { request, response } = exchange;
  const { system, stage } = played;
  const { method = '', url = '/' } = request;
  const { body, bytes } = await readBody(request);
  const path = url.split('?')[0] ?? '/';
  const call = system.read({ method, path, uri: url, headers: request.headers, body, bytes });
  const entry = stage.ledger.open({ system: system.system, operation: call.operation, key: call.key });
  // The call counts as received from here on: a test that sees it may release it before it hangs.
  const released = stage.released();
  const rule = stage.script.pick(system.system, call);
  const latencyMs = stage.latencyMs();
  if (latencyMs > 0) await pause(latencyMs);
  if (rule === null) {
    const answer = call.perform({ invisibleForMs: 0 });
    stage.ledger.settle(entry, { ...resultOf(answer), fault: null });
    writeAnswer(response, answer);
    return;
  }
  await playFault({ call, entry, rule, response, released }, played);
}

interface FaultyExchange {
  readonly call: PlayedCall;
  readonly entry: LedgerEntry;
  readonly rule: FaultRule;
  readonly response: ServerResponse;
  readonly released: Promise<void>;
}

async function playFault(
  { call, entry, rule, response, released }: FaultyExchange,
  { system, stage }: { readonly system: PlayedSystem; readonly stage: Stage },
): Promise<void> {
  const invisibleForMs = rule.fault === 'invisible' ? rule.delayMs : 0;
  const applies = rule.apply ?? appliesByDefault(rule.fault);
  const first = applies ? call.perform({ invisibleForMs }) : NOT_PERFORMED;
  stage.ledger.settle(entry, { ...resultOf(first), fault: rule.fault });
  switch (rule.fault) {
    case 'hang': {
      await released;
      // The caller may be gone; a request held back until then has no effect.
      if (response.destroyed) return;
      const late = applies ? first : call.perform({ invisibleForMs: 0 });
      stage.ledger.settle(entry, { ...resultOf(late), fault: rule.fault });
      writeFault(response, rule, late);
      return;
    }
    case 'delay':
      await pause(rule.delayMs);
      writeFault(response, rule, first);
      return;
    case 'duplicate': {
      const copy = stage.ledger.open({ system: system.system, operation: call.operation, key: call.key });
      const second = call.perform({ invisibleForMs: 0 });
      stage.ledger.settle(copy, { ...resultOf(second), fault: rule.fault });
      writeFault(response, rule, second);
      return;
    }
    case 'token-expired':
      writeFault(response, rule, system.refuseToken());
      return;
    case 'business-error': {
      const error = { code: rule.code ?? '500', message: rule.message ?? 'refused by the fault script' };
      writeFault(response, rule, system.refuseCall(call, error));
      return;
    }
    default:
      writeFault(response, rule, first);
  }
}

function resultOf({ outcome, applied }: PlayedAnswer): Pick<LedgerEntry, 'outcome' | 'applied'> {
  return { outcome, applied };
}
