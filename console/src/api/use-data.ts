import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Operation } from '../../../clients/typescript/src/transport.ts';
import { call } from './call.ts';
import { watch } from './live.ts';

/** How often pages that show the state of everything ask again. */
export const POLL_MS = 15_000;
/** Live events make a page ask again at most this often. */
const LIVE_MS = 2_000;

/** The answer to a query: the old one stays while a new one is asked for, or fails. */
export function useData<Result, Variables>(
  operation: Operation<Result, Variables>,
  variables: Variables,
  options: { readonly pollMs?: number; readonly enabled?: boolean } = {},
) {
  const { pollMs, enabled = true } = options;
  return useQuery({
    queryKey: [operation.toString(), variables],
    queryFn: ({ signal }) => call(operation, variables, { signal }),
    placeholderData: keepPreviousData,
    enabled,
    // A hidden page does not poll.
    refetchInterval: pollMs ?? false,
    refetchIntervalInBackground: false,
  });
}

/** Hands on the events of a subscription while the page is shown and looked at. */
export function useLive<Result extends Record<string, unknown>, Variables extends Record<string, unknown>>(
  operation: Operation<Result, Variables>,
  variables: Variables,
  options: { readonly enabled: boolean; readonly onEvent: (event: Result) => void },
): void {
  const { enabled } = options;
  const onEvent = useRef(options.onEvent);
  onEvent.current = options.onEvent;
  const key = JSON.stringify(variables);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the variables
  useEffect(() => {
    if (!enabled) return;
    let stop: (() => void) | null = null;
    const follow = () => {
      if (document.visibilityState === 'visible') {
        stop ??= watch(operation, variables, (event) => onEvent.current(event));
      } else {
        stop?.();
        stop = null;
      }
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      stop?.();
    };
  }, [operation, key, enabled]);
}

/** Calls the function at once, then at most every two seconds. */
export function usePaced(run: () => void): () => void {
  const state = useRef<{ timer: ReturnType<typeof setTimeout> | null; again: boolean }>({
    timer: null,
    again: false,
  });
  const latest = useRef(run);
  latest.current = run;
  useEffect(
    () => () => {
      if (state.current.timer !== null) clearTimeout(state.current.timer);
    },
    [],
  );
  return () => {
    const { current } = state;
    if (current.timer !== null) {
      current.again = true;
      return;
    }
    latest.current();
    const rest = () => {
      current.timer = null;
      if (!current.again) return;
      current.again = false;
      latest.current();
      current.timer = setTimeout(rest, LIVE_MS);
    };
    current.timer = setTimeout(rest, LIVE_MS);
  };
}
