import { createContext, type ReactNode, useContext } from 'react';
import type { ViewerQuery } from '../api/generated/graphql.ts';

/** Who is signed in, and what the service says of them. */
export type Viewer = ViewerQuery['viewer'];

const context = createContext<Viewer | null>(null);

export function ViewerProvider({
  viewer,
  children,
}: {
  readonly viewer: Viewer;
  readonly children: ReactNode;
}) {
  return <context.Provider value={viewer}>{children}</context.Provider>;
}

export function useViewer(): Viewer {
  const viewer = useContext(context);
  if (viewer === null) throw new Error('Nobody is signed in here.');
  return viewer;
}

/** Whether the signed-in principal has one of the scopes; with none given, whether any user is signed in. */
export function useMay(): (...scopes: readonly string[]) => boolean {
  const { scopes: granted, originSystems } = useViewer();
  // Nearly all that `operate` permits is refused to the keys of single origin systems.
  const has = (scope: string) =>
    (granted.includes('admin') || granted.includes(scope)) && (scope !== 'operate' || !originSystems);
  return (...scopes) => scopes.length === 0 || scopes.some(has);
}
