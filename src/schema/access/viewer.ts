import { builder } from '../building/builder.ts';
import type { Viewer as ViewerShape } from '../context/context.ts';
import { signedIn } from '../permissions/rules.ts';

const Viewer = builder.objectRef<ViewerShape>('Viewer').implement({
  description: 'Whoever asks, and what they may do.',
  fields: (t) => ({
    principal: t.exposeString('principal', {
      description: 'Stable name of the principal; all of its keys share it.',
    }),
    scopes: t.stringList({
      description: 'What the credential permits; `admin` implies all.',
      resolve: ({ scopes }) => [...scopes].toSorted(),
    }),
    originSystems: t.stringList({
      nullable: true,
      description: 'The origin systems whose requests are seen and may be sent; null: all.',
      resolve: ({ sees }) => {
        if (sees.kind === 'everything') return null;
        return sees.kind === 'origins' ? [...sees.originSystems] : [];
      },
    }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the credential ends; null: it does not.',
      resolve: ({ expiresAt }) => expiresAt ?? null,
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    ...signedIn(),
    type: Viewer,
    description: 'The principal of the credential that was sent: what a page may show and offer.',
    resolve: (_root, _args, { viewer }) => {
      if (viewer === null) throw new Error('A field for the signed in was resolved for nobody.');
      return viewer;
    },
  }),
);
