/** Starts a program of the bundle by its own Node; relative paths, `.accountsync` too, are the caller's. */
function scriptFor(program: string, flags = ''): string {
  return `#!/bin/sh
# Needs nothing but a shell: Node and every package stand in this folder.
self=$0
[ -L "$self" ] && self=$(readlink -f -- "$self")
here=\${self%/*}
[ "$here" = "$self" ] && here=.
exec "$here/node/bin/node" ${flags}"$here/${program}" "$@"
`;
}

/** By file name, in the bundle's own folder. */
export const startScripts: Readonly<Record<string, string>> = {
  // As `npm start`: see "Memory" in docs/scaling.md.
  start: scriptFor('src/main.ts', '--max-semi-space-size=8 --disable-warning=ExperimentalWarning '),
  migrate: scriptFor('src/migrate.ts'),
  demo: scriptFor('src/demo.ts'),
  accountsync: scriptFor('src/accountsync.ts'),
};
