import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import type { Locale } from '../../domain/errors/error-entry.ts';
import { answerJson } from '../http/answer-json.ts';
import { negotiateLocale } from '../negotiation/negotiate-locale.ts';
import { describeApi } from './description/describe-api.ts';
import { DOCS_POLICY, docsPage } from './description/docs-page.ts';
import { methodNotAllowed } from './wire/texts.ts';

const DOCUMENTS = new Set(['/openapi.json', '/api/schema']);
const PAGES = new Set(['/api/docs', '/api/redoc']);

/** Answers with the description of the endpoints, as a document or a page; false for another address. No key needed. */
export function createDescription(options: {
  readonly schema: GraphQLSchema;
  readonly defaultLocale: Locale;
}): (request: IncomingMessage, response: ServerResponse) => boolean {
  const { schema, defaultLocale } = options;
  let document: ReturnType<typeof describeApi> | null = null;
  const pages = new Map<Locale, string>();
  return (request, response) => {
    const url = new URL(request.url ?? '/', 'http://host');
    const path = url.pathname.replace(/\/+$/, '');
    if (!DOCUMENTS.has(path) && !PAGES.has(path)) return false;
    const accepted = url.searchParams.get('lang') ?? request.headers['accept-language'];
    const locale = negotiateLocale(accepted, defaultLocale);
    if (request.method === 'OPTIONS') {
      response.writeHead(204, { allow: ALLOWED }).end();
    } else if (request.method !== 'GET' && request.method !== 'HEAD') {
      const body = { detail: methodNotAllowed(request.method ?? '', locale) };
      answerJson(response, { status: 405, body, headers: { allow: ALLOWED } });
    } else if (DOCUMENTS.has(path)) {
      document ??= describeApi(schema);
      answerJson(response, { status: 200, body: document });
    } else {
      const page = pages.get(locale) ?? docsPage(schema, locale);
      pages.set(locale, page);
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': DOCS_POLICY,
        'referrer-policy': 'no-referrer',
      });
      response.end(page);
    }
    return true;
  };
}

const ALLOWED = 'GET, HEAD, OPTIONS';
