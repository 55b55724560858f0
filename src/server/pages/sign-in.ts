import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { answerJson } from '../http/answer-json.ts';
import { readRequestBody } from '../http/read-request-body.ts';

/** A code and a verifier are short. */
const BODY_BYTES = 16_384;
/** Where the issuer sends browsers back to. */
const RETURN_PATH = '/console/signed-in';

/** An issuer with whom browsers sign in. */
export interface SignIn {
  authorizationUrl(asked: {
    readonly state: string;
    readonly codeChallenge: string;
    readonly redirectUri: string;
  }): Promise<string>;
  exchange(given: {
    readonly code: string;
    readonly verifier: string;
    readonly redirectUri: string;
  }): Promise<{ readonly token: string } | { readonly error: string }>;
}

const text = z.string().min(1).max(4_096);
const asked = z.object({ state: text, code_challenge: text, redirect_uri: text });
const given = z.object({ code: text, verifier: text, redirectUri: text });

/** Leads a browser to the issuer, whose address the page does not know. */
export async function answerSignIn(
  request: IncomingMessage,
  response: ServerResponse,
  signIn: SignIn,
): Promise<void> {
  const { searchParams } = new URL(request.url ?? '', 'http://localhost');
  const parsed = asked.safeParse(Object.fromEntries(searchParams));
  if (!parsed.success || !isOwnReturn(parsed.data.redirect_uri, request)) return refuse(response);
  const { state, code_challenge: codeChallenge, redirect_uri: redirectUri } = parsed.data;
  const location = await signIn.authorizationUrl({ state, codeChallenge, redirectUri });
  response.writeHead(302, { location, 'referrer-policy': 'no-referrer' }).end();
}

/**
 * Exchanges the code that the issuer gave to a browser: the secret of the client stays here, and the issuer allows no
 * other origin. Nothing is kept; the verifier proves that it is the same browser.
 */
export async function answerToken(
  request: IncomingMessage,
  response: ServerResponse,
  signIn: SignIn,
): Promise<void> {
  const isForm = !/^application\/json\b/.test(request.headers['content-type'] ?? '');
  const parsed = isForm ? null : given.safeParse(parseJson(await readRequestBody(request, BODY_BYTES)));
  if (parsed?.success !== true || !isOwnReturn(parsed.data.redirectUri, request)) return refuse(response);
  const result = await signIn.exchange(parsed.data);
  answerJson(response, { status: 'token' in result ? 200 : 400, body: result });
}

function isOwnReturn(address: string, { headers }: IncomingMessage): boolean {
  const url = URL.parse(address);
  return url !== null && url.host === headers.host && url.pathname === RETURN_PATH;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function refuse(response: ServerResponse): void {
  answerJson(response, { status: 400, body: { error: 'This is no sign-in of the console.' } });
}
