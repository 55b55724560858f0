import { useRouter, useRouterState } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, MouseEvent, ReactNode } from 'react';

export const BASE = '/console';

/** Filters, tab, cursor and drawer of a page: what its address holds after `?`. */
export type Search = Readonly<Record<string, string | undefined>>;

/** The address of a page, for a link. */
export function addressOf(path: string, search: Search = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) if (value) parameters.set(name, value);
  const text = parameters.toString();
  return `${path}${text === '' ? '' : `?${text}`}`;
}

/** Goes to a page of the console without loading it anew. */
export function useGo(): (to: string, options?: { readonly replace?: boolean }) => void {
  const { history } = useRouter();
  return (to, { replace = false } = {}) =>
    replace ? history.replace(`${BASE}${to}`) : history.push(`${BASE}${to}`);
}

/** The state of a list or page, kept in its address. */
export function useSearch(): readonly [Search, (change: Search) => void] {
  const { pathname, searchStr } = useRouterState({ select: ({ location }) => location });
  const go = useGo();
  const search: Search = Object.fromEntries(new URLSearchParams(searchStr));
  return [search, (change) => go(addressOf(pathname, { ...search, ...change }))];
}

interface GoProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  readonly to: string;
  readonly children: ReactNode;
}

/** A link to a page of the console. */
export function Go({ to, children, ...rest }: GoProps) {
  const go = useGo();
  const open = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey)
      return;
    event.preventDefault();
    go(to);
  };
  return (
    <a {...rest} href={`${BASE}${to}`} onClick={open}>
      {children}
    </a>
  );
}
