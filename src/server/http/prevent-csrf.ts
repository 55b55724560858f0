import { useCSRFPrevention } from '@graphql-yoga/plugin-csrf-prevention';
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** Only a script of an allowed origin, or no browser at all, can send it. */
export const CSRF_HEADER = 'x-accountsync-csrf';

/**
 * A page elsewhere can make a browser send a GET, a form or plain text without asking us first. Such requests are
 * refused unless they carry the header, which no form can.
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
