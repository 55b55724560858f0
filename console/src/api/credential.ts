import { pageConfig } from './page-config.ts';

/** Proof of the user's identity: an API key, or a token of the issuer. */
export type Credential = string;

const STORED = 'accountsync.credential';
/** Left by signing out: the key that the page was given is not taken up again. */
const SIGNED_OUT = '';
const CHANNEL = 'accountsync.credential';
/** Another tab answers in this time, or there is none. */
const OTHER_TABS_MS = 150;

type Message =
  | { readonly kind: 'ask' }
  | { readonly kind: 'answer'; readonly credential: Credential }
  | { readonly kind: 'signed out' };

const channel = new BroadcastChannel(CHANNEL);
const listeners = new Set<() => void>();
let refusal: string | null = null;

channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
  const own = sessionStorage.getItem(STORED);
  if (data.kind === 'ask' && own) channel.postMessage({ kind: 'answer', credential: own } satisfies Message);
  if (data.kind === 'signed out') change(SIGNED_OUT);
});

/** The credential of this tab; null: not signed in. Kept for the life of the tab, nowhere else. */
export function currentCredential(): Credential | null {
  const own = sessionStorage.getItem(STORED);
  if (own === SIGNED_OUT) return null;
  return own ?? pageConfig.prefilledKey;
}

/** Signs this tab in. */
export function signIn(credential: Credential): void {
  refusal = null;
  change(credential);
}

/** Signs every open tab out. */
export function signOut(): void {
  refusal = null;
  change(SIGNED_OUT);
  channel.postMessage({ kind: 'signed out' } satisfies Message);
}

/** Forgets a credential that the service refuses, in this tab alone; `reason` is the service's. */
export function forgetCredential(reason: string): void {
  refusal = reason;
  change(SIGNED_OUT);
}

/** Why the last credential was refused; null: it was not. */
export function lastRefusal(): string | null {
  return refusal;
}

export function onCredentialChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Asks the other open tabs, where this one has nothing. */
export function takeOverFromOtherTab(): Promise<void> {
  if (sessionStorage.getItem(STORED) !== null || pageConfig.prefilledKey !== null) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  const listen = ({ data }: MessageEvent<Message>) => {
    if (data.kind !== 'answer') return;
    change(data.credential);
    resolve();
  };
  channel.addEventListener('message', listen);
  channel.postMessage({ kind: 'ask' } satisfies Message);
  setTimeout(resolve, OTHER_TABS_MS);
  return promise.finally(() => channel.removeEventListener('message', listen));
}

function change(credential: Credential): void {
  sessionStorage.setItem(STORED, credential);
  for (const listener of listeners) listener();
}
