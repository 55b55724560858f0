import type { SchemaParts } from '../../parts.ts';
import { encodeGlobalId } from '../../reading/global-id.ts';

/** The type `Account`. */
export function addAccount({ builder, enums }: SchemaParts): void {
  builder.objectType('Account', {
    description: "A person's account in one system.",
    interfaces: [builder.nodeInterfaceRef()],
    fields: (t) => ({
      id: t.id({
        description: 'Unique over all types; for `node`.',
        resolve: (account) => encodeGlobalId('Account', account.id),
      }),
      system: t.field({
        type: enums.accountSystem,
        description: 'Where it is.',
        resolve: (account) => account.system,
      }),
      identifier: t.exposeString('identifier', {
        nullable: true,
        description: 'What the system calls it; null while it is planned.',
      }),
      state: t.field({
        type: enums.accountState,
        description: 'Whether it exists.',
        resolve: (account) => account.state,
      }),
      origin: t.field({
        type: enums.accountOrigin,
        nullable: true,
        description: 'How it came to be known; null while it is planned.',
        resolve: (account) => account.origin,
      }),
      createdAt: t.expose('created_at', { type: 'DateTime', description: 'When it was planned or found.' }),
      updatedAt: t.expose('updated_at', { type: 'DateTime', description: 'When it last changed.' }),
    }),
  });
}
