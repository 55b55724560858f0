import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { companyAnswers } from './company.ts';
import type { SandboxControl } from './control.ts';
import { writeAnswer } from './playing/fault-answers.ts';
import { faultRule } from './playing/faults.ts';
import { sandboxOperations, sandboxSystems } from './playing/played-system.ts';
import { readJson } from './playing/system-server.ts';

const callFilter = z.object({
  system: z.enum(sandboxSystems).optional(),
  operation: z.enum(sandboxOperations).optional(),
  key: z.string().optional(),
});
const whenCalled = callFilter.extend({
  count: z.coerce.number().int().positive(),
  settled: z.stringbool().default(false),
});
const accountFields = z.object({
  system: z.enum(sandboxSystems),
  key: z.string().min(1),
  name: z.string().nullable().default(null),
  username: z.string().nullable().default(null),
  email: z.string().nullable().default(null),
  phone: z.string().nullable().default(null),
  alias: z.string().nullable().default(null),
});

const knownUser = z.object({ userNo: z.string().min(1), known: z.boolean() });

/** Addresses for a person who opens the one in the banner. */
const addresses = {
  'GET /__sandbox/faults': 'the fault script',
  'POST /__sandbox/faults': 'adds a rule {"system", "fault", "operation"?, "match"?, "times"?, …}',
  'DELETE /__sandbox/faults?id=N': 'removes one rule; without id all',
  'GET /__sandbox/ledger?system=&operation=&key=': 'every call as the system saw it',
  'GET /__sandbox/accounts?system=': 'the accounts that exist',
  'POST /__sandbox/accounts': 'puts an account in place {"system", "key", …}',
  'GET /__sandbox/calendars': 'the calendars at WPS with members and events',
  'POST /__sandbox/timetable-change': 'lets a day pass at the made-up school',
  'POST /__sandbox/wps-users': 'whether the directory of WPS knows somebody {"userNo", "known"}',
  'GET /__sandbox/counts': 'calls, effects and accounts in numbers',
  'GET /__sandbox/when-called?count=N&system=&operation=&key=': 'answers once so many calls have come',
  'POST /__sandbox/release': 'lets hung requests go on',
  'POST /__sandbox/expire-tokens': 'makes tokens invalid {"system"}',
  'POST /__sandbox/reset': 'forgets faults, ledger and accounts',
};
const personChange = z.object({
  personId: z.string().min(1),
  fields: z.record(z.string(), z.unknown()).default({}),
});

/** Serves `/__sandbox/…`: the control handle over HTTP, for tests and benches in other processes. */
export async function serveControl(
  request: IncomingMessage,
  response: ServerResponse,
  control: SandboxControl,
): Promise<void> {
  // A web page that happens to be open on this machine must not script the sandbox.
  if (request.headers.origin !== undefined) {
    writeAnswer(response, { status: 403, body: { error: 'not for browsers' } });
    return;
  }
  try {
    const answer = await route(request, control);
    if (answer === null)
      writeAnswer(response, { status: 404, body: { error: 'no such address', addresses } });
    else writeAnswer(response, { status: 200, body: answer });
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    writeAnswer(response, { status: 400, body: { error: z.prettifyError(error) } });
  }
}

async function route(request: IncomingMessage, control: SandboxControl): Promise<object | null> {
  const url = new URL(request.url ?? '/', 'http://sandbox');
  const query = Object.fromEntries(url.searchParams);
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /':
    case 'GET /__sandbox':
    case 'GET /__sandbox/':
      return { sandbox: control.counts(), addresses };
    case 'GET /__sandbox/faults':
      return { faults: control.faults() };
    case 'POST /__sandbox/faults':
      return { fault: await control.addFault(faultRule.parse(await readJson(request))) };
    case 'DELETE /__sandbox/faults':
      await control.removeFaults(z.object({ id: z.coerce.number().int().optional() }).parse(query).id);
      return { faults: control.faults() };
    case 'GET /__sandbox/ledger':
      return { calls: control.ledger(callFilter.parse(query)) };
    case 'GET /__sandbox/accounts':
      return { accounts: control.accounts(callFilter.parse(query).system) };
    case 'POST /__sandbox/accounts':
      return { account: control.putAccount(accountFields.parse(await readJson(request))) };
    case 'GET /__sandbox/calendars':
      return { calendars: control.calendars() };
    case 'POST /__sandbox/timetable-change':
      return control.changeTimetable();
    case 'POST /__sandbox/wps-users': {
      const { userNo, known } = knownUser.parse(await readJson(request));
      control.setUserKnown(userNo, known);
      return { changed: true };
    }
    case 'GET /__sandbox/counts':
      return control.counts();
    case 'GET /__sandbox/when-called':
      await control.whenCalled(whenCalled.parse(query));
      return { called: true };
    case 'GET /__sandbox/people':
      return { people: control.people() };
    case 'POST /__sandbox/people': {
      const { personId, fields } = personChange.parse(await readJson(request));
      control.putPerson(personId, fields);
      return { changed: true };
    }
    case 'DELETE /__sandbox/people':
      control.removePerson(z.object({ personId: z.string() }).parse(query).personId);
      return { removed: true };
    case 'POST /__sandbox/people/answer':
      control.answerPeople(
        z.object({ answer: z.enum(companyAnswers) }).parse(await readJson(request)).answer,
      );
      return { answered: true };
    case 'POST /__sandbox/release':
      control.release();
      return { released: true };
    case 'POST /__sandbox/expire-tokens':
      control.expireTokens(
        z.object({ system: z.enum(sandboxSystems) }).parse(await readJson(request)).system,
      );
      return { expired: true };
    case 'POST /__sandbox/reset':
      await control.reset();
      return { reset: true };
    default:
      return null;
  }
}
