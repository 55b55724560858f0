import { signIn } from '../api/credential.ts';
import { pageConfig } from '../api/page-config.ts';
import { BASE } from '../parts/go.tsx';

/** Where the issuer sends the browser back to. */
const RETURN_PATH = `${BASE}/signed-in`;
const PENDING = 'accountsync.sign-in';

interface Pending {
  readonly state: string;
  readonly verifier: string;
  /** Where the reader wanted to be. */
  readonly address: string;
}

/** Goes to the issuer, by authorization code and PKCE; the service knows its address. */
export async function beginSignIn(): Promise<void> {
  const pending = { state: random(), verifier: random(), address: location.pathname + location.search };
  sessionStorage.setItem(PENDING, JSON.stringify(pending));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(pending.verifier));
  const address = new URL(`${BASE}/sign-in`, location.href);
  address.search = new URLSearchParams({
    state: pending.state,
    code_challenge: base64url(new Uint8Array(digest)),
    redirect_uri: new URL(RETURN_PATH, location.href).href,
  }).toString();
  location.assign(address);
}

/**
 * Completes a sign-in that the issuer sent back, and returns to where the reader wanted to be.
 * @returns why it failed; null when there was none, or it succeeded.
 */
export async function completeSignIn(): Promise<string | null> {
  if (location.pathname !== RETURN_PATH || !pageConfig.hasSignIn) return null;
  const parameters = new URLSearchParams(location.search);
  const pending = readPending();
  sessionStorage.removeItem(PENDING);
  history.replaceState(null, '', pending?.address ?? BASE);
  const refused = parameters.get('error_description') ?? parameters.get('error');
  if (refused !== null) return refused;
  if (pending === null || parameters.get('state') !== pending.state)
    return 'This answer belongs to no sign-in of this tab. 登录状态不匹配，请重试。';
  const response = await fetch(`${BASE}/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      code: parameters.get('code'),
      verifier: pending.verifier,
      redirectUri: new URL(RETURN_PATH, location.href).href,
    }),
  });
  const answer: { readonly token?: unknown; readonly error?: unknown } = await response.json();
  if (typeof answer.token !== 'string') return String(answer.error ?? response.status);
  signIn(answer.token);
  return null;
}

function readPending(): Pending | null {
  const stored: Partial<Pending> = JSON.parse(sessionStorage.getItem(PENDING) ?? '{}');
  const { state, verifier, address } = stored;
  if (state === undefined || verifier === undefined || address === undefined) return null;
  return { state, verifier, address };
}

function random(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
