import { useCSRFPrevention } from '@graphql-yoga/plugin-csrf-prevention';
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** Only a script of an allowed origin, or no browser at all, can send it. */
export const CSRF_HEADER = 'x-accountsync-csrf';

/**
 * Refuses requests that a foreign page can make a browser send without a preflight (GET, form, plain text), unless
 * they carry the header, which a form cannot set.
 */
export function preventCsrf(): Plugin {
  const library = useCSRFPrevention({ requestHeaders: [CSRF_HEADER] });
  return {
    ...library,
    onRequestParse(payload) {
      try {
        return library.onRequestParse?.(payload);
      } catch (error) {
        throw new GraphQLError(
          `A browser could send this request for somebody else's page. Add the header "${CSRF_HEADER}: 1", or send a POST with content type application/json.`,
          { cause: error, extensions: { code: 'FORBIDDEN' } },
        );
      }
    },
  };
}
