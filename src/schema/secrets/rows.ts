import type { SecretCount } from '../../jobs/secrets/renew-secrets.ts';
import type { UserErrorShape } from '../errors.ts';

/** What stands behind each type of the stored secrets. */
export interface SecretObjects {
  SecretCount: SecretCount;
  RotateSecretsPayload: {
    readonly keyId: string | null;
    readonly renewed: number;
    readonly counts: readonly SecretCount[];
    readonly userErrors: readonly UserErrorShape[];
  };
}
