import { renewSecrets, type SecretCount as SecretCountShape } from '../../jobs/secrets/renew-secrets.ts';
import { builder } from '../building/builder.ts';
import { type Outcome, payloadType } from '../building/mutation.ts';
import { operationContext } from '../context/operation.ts';
import { needs } from '../permissions/rules.ts';

const SecretCount = builder.objectRef<SecretCountShape>('SecretCount').implement({
  description: 'Stored secrets that are encrypted with one master key.',
  fields: (t) => ({
    keyId: t.exposeString('keyId', {
      nullable: true,
      description: 'Id of the master key; null: plain text, from before there was a key.',
    }),
    count: t.exposeInt('count', { description: 'How many.' }),
    readable: t.exposeBoolean('readable', {
      description:
        'False: the process that answers does not have the key, and what needs these secrets waits.',
    }),
  }),
});

interface RotatedSecrets extends Outcome {
  readonly keyId: string | null;
  readonly renewed: number;
  readonly counts: readonly SecretCountShape[];
}

const RotateSecretsPayload = payloadType<RotatedSecrets>('RotateSecretsPayload', {
  description: 'Result of rotateSecrets.',
  fields: (t) => ({
    keyId: t.exposeString('keyId', {
      nullable: true,
      description: 'Id of the master key that encrypts now (SECRETS_KEY); null: there is none.',
    }),
    renewed: t.exposeInt('renewed', { description: 'Secrets that this call brought under it.' }),
    counts: t.field({
      type: [SecretCount],
      description: 'All stored secrets, by their key, as they are now.',
      resolve: ({ counts }) => counts,
    }),
  }),
});

builder.mutationField('rotateSecrets', (t) =>
  t.field({
    ...needs('admin'),
    type: RotateSecretsPayload,
    description:
      'Encrypts every stored secret (of webhooks) with the current master key, as every start does; call it again while readable ones of another key are left. The secrets stay the same.',
    resolve: async (_root, _args, scope) => {
      const { em, secrets } = operationContext(scope);
      const userErrors = secrets.currentId === null ? [{ code: 'SECRETS_KEY_MISSING', parameters: {} }] : [];
      return { ...(await renewSecrets(em, secrets)), userErrors };
    },
  }),
);
