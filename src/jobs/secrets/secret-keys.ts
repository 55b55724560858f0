import type { ErrorParameters } from '../../domain/errors/error-entry.ts';
import type { SecretErrorCode } from '../../domain/secrets/secret-errors.ts';
import { Secret } from '../../secret.ts';
import {
  isSealed,
  keyIdOf,
  type MasterKey,
  masterKeyOf,
  open,
  rewrap,
  type SecretPlace,
  seal,
} from './envelope.ts';

/** Thrown when a secret cannot be stored or read now: a code of `secretErrors`, with the id of the key it needs. */
export class SecretUnavailable extends Error {
  readonly code: SecretErrorCode;
  readonly parameters: ErrorParameters;

  constructor(code: SecretErrorCode, parameters: ErrorParameters = {}) {
    super(`${code} ${JSON.stringify(parameters)}`);
    this.name = 'SecretUnavailable';
    this.code = code;
    this.parameters = parameters;
  }
}

/**
 * The master keys of this process: the first seals, all of them open. Without any, nothing can be stored, and what was
 * stored before there was encryption can still be read.
 */
export class SecretKeys {
  readonly #keys: ReadonlyMap<string, MasterKey>;
  readonly #current: MasterKey | null;

  /** @param keys 32 bytes each; the one that seals first. */
  constructor(keys: readonly Uint8Array[]) {
    const masters = keys.map(masterKeyOf);
    this.#current = masters[0] ?? null;
    this.#keys = new Map(masters.map((master) => [master.id, master]));
  }

  /** The key that seals; null without any. */
  get currentId(): string | null {
    return this.#current?.id ?? null;
  }

  /** Every key that opens. */
  get ids(): readonly string[] {
    return [...this.#keys.keys()];
  }

  /** Seals a secret for this place. @throws SecretUnavailable without a key. */
  seal(secret: Secret, place: SecretPlace): string {
    if (this.#current === null) throw new SecretUnavailable('SECRETS_KEY_MISSING');
    return seal(secret.reveal(), place, this.#current);
  }

  /**
   * Opens the secret that is stored at this place. @throws SecretUnavailable when its key is missing, or it was
   * damaged.
   */
  open(stored: string, place: SecretPlace): Secret {
    if (!isSealed(stored)) return new Secret(stored);
    const master = this.#keyOf(stored, place);
    const secret = open(stored, place, master);
    if (secret === null) throw damaged(place, master.id);
    return new Secret(secret);
  }

  /** The same secret under the current key, or sealed for the first time. @throws SecretUnavailable */
  renew(stored: string, place: SecretPlace): string {
    if (!isSealed(stored)) return this.seal(new Secret(stored), place);
    if (this.#current === null) throw new SecretUnavailable('SECRETS_KEY_MISSING');
    const from = this.#keyOf(stored, place);
    const renewed = rewrap(stored, place, { from, to: this.#current });
    if (renewed === null) throw damaged(place, from.id);
    return renewed;
  }

  #keyOf(stored: string, place: SecretPlace): MasterKey {
    const keyId = keyIdOf(stored);
    if (keyId === null) throw damaged(place, '–');
    const master = this.#keys.get(keyId);
    if (master === undefined)
      throw new SecretUnavailable('SECRETS_KEY_UNKNOWN', { keyId, known: this.ids.join(', ') || '–' });
    return master;
  }
}

function damaged({ table, column, row }: SecretPlace, keyId: string): SecretUnavailable {
  return new SecretUnavailable('SECRET_DAMAGED', { place: `${table}.${column} ${row}`, keyId });
}
