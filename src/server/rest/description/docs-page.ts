import { createHash } from 'node:crypto';
import type { GraphQLSchema } from 'graphql';
import type { Locale } from '../../../domain/errors/error-entry.ts';
import { restGoneRoutes, restRoutes } from '../table/route-table.ts';
import type { GoneRoute, RestRoute } from '../wire/route.ts';
import type { LocalText } from '../wire/texts.ts';
import { scopesOf } from './describe-api.ts';
import { samples } from './samples.ts';
import { type SchemaLine, schemaLines } from './schema-lines.ts';

const STYLE = `body{font:15px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;margin:0;color:#1f2328;background:#fff}
main,header{max-width:62rem;margin:0 auto;padding:0 1.25rem}header{padding-top:1.5rem}
h1{margin:0 0 .25rem}h2{margin:2.5rem 0 .5rem;border-bottom:1px solid #d0d7de}
section{border:1px solid #d0d7de;border-radius:6px;margin:1rem 0;padding:.75rem 1rem}
h3{margin:0;font:600 15px/1.6 ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}
h4{margin:1rem 0 .25rem}pre{background:#f6f8fa;padding:.75rem;overflow:auto;border-radius:6px}
table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.2rem .5rem;border-top:1px solid #eaeef2}
code{font:13px ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}.gone{color:#57606a}a{color:#0550ae}nav a{margin-right:1rem}
@media (prefers-color-scheme:dark){body{background:#0d1117;color:#e6edf3}section,h2{border-color:#30363d}pre{background:#161b22}td,th{border-color:#21262d}a{color:#79b8ff}.gone{color:#9aa4ae}}`;

/** Nothing of another host, no script at all. */
export const DOCS_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const words = {
  title: { ZH_CN: 'AccountSync REST 接口', EN: 'AccountSync REST endpoints' },
  intro: {
    ZH_CN:
      '第一代系统的接口。老调用方只需更换地址并加上密钥；新调用方请使用 GraphQL（/graphql）。供程序读取的描述见 /openapi.json。',
    EN: 'The endpoints of the first system. Its callers change the address and add a key; new ones take GraphQL (/graphql). For programs: /openapi.json.',
  },
  key: {
    ZH_CN:
      '密钥：请求头 Authorization: Bearer K（或 Token K、Api-Key K）、X-Api-Key: K，或地址 http://oa:K@主机。',
    EN: 'Key: the header Authorization: Bearer K (or Token K, Api-Key K), X-Api-Key: K, or the address http://oa:K@host.',
  },
  other: { ZH_CN: 'English', EN: '中文' },
  parameters: { ZH_CN: '查询参数', EN: 'Query parameters' },
  body: { ZH_CN: '请求体', EN: 'Body' },
  example: { ZH_CN: '示例', EN: 'Example' },
  answers: { ZH_CN: '应答', EN: 'Answers' },
  scopes: { ZH_CN: '权限', EN: 'Scopes' },
  graphql: { ZH_CN: 'GraphQL 中对应', EN: 'In GraphQL' },
  gone: { ZH_CN: '不再提供', EN: 'No longer offered' },
  none: { ZH_CN: '无内容', EN: 'nothing' },
} as const satisfies Readonly<Record<string, LocalText>>;

/** The page of the endpoints in one language: it needs no script and nothing from anywhere else. */
export function docsPage(schema: GraphQLSchema, locale: Locale): string {
  const say = (name: keyof typeof words) => html(words[name][locale]);
  const groups = Map.groupBy(restRoutes, ({ path }) => path.split('/')[1] || '/');
  const body = [...groups].map(
    ([name, routes]) =>
      `<h2 id="${html(name)}">${html(name)}</h2>${routes.map((route) => section(schema, route, locale)).join('')}`,
  );
  const links = [...groups.keys()].map((name) => `<a href="#${html(name)}">${html(name)}</a>`).join('');
  const [language, other] = locale === 'ZH_CN' ? ['zh-CN', 'en'] : ['en', 'zh-CN'];
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${say('title')}</title><style>${STYLE}</style></head>
<body><header><h1>${say('title')}</h1><p>${say('intro')}</p><p>${say('key')}</p>
<nav><a href="?lang=${other}" lang="${other}">${say('other')}</a><a href="/openapi.json">/openapi.json</a>${links}</nav></header>
<main>${body.join('')}<h2>${say('gone')}</h2>${restGoneRoutes.map(goneLine).join('')}</main></body></html>
`;
}

function section(schema: GraphQLSchema, route: RestRoute, locale: Locale): string {
  const say = (name: keyof typeof words) => html(words[name][locale]);
  const { method, path, query = [], body, field } = route;
  const parameters = query.map(({ name, schema: shape, text }) => row([name, describe(shape), text[locale]]));
  const answers = route.answers.map(({ status, schema: name, isList }) =>
    row([String(status), name === null ? words.none[locale] : `${name}${isList === true ? '[]' : ''}`]),
  );
  const fields = body === undefined ? '' : table(schemaLines(body.schema).map(fieldRow));
  const [sample] = body?.samples === undefined ? [] : Object.values(samples[body.samples] ?? {});
  const example =
    sample === undefined
      ? ''
      : `<h4>${say('example')}</h4><pre>${html(JSON.stringify(sample.value, null, 2))}</pre>`;
  const details = route.answers.flatMap(({ status, schema: name }) =>
    name === null || status >= 300
      ? []
      : [`<h4>${status} ${html(name)}</h4>${table(schemaLines(name).map(fieldRow))}`],
  );
  return `<section><h3>${method} ${html(path)}</h3><p>${html(route.text[locale])}</p>
<p><code>${html(field)}</code> (${say('graphql')}) · ${say('scopes')}: <code>${html(scopesOf(schema, route).join(' | ') || '-')}</code></p>
${parameters.length === 0 ? '' : `<h4>${say('parameters')}</h4>${table(parameters)}`}
${body === undefined ? '' : `<h4>${say('body')}: ${html(body.schema)}</h4>${fields}${example}`}
<h4>${say('answers')}</h4>${table(answers)}${details.join('')}</section>`;
}

function goneLine({ method, path, use }: GoneRoute): string {
  return `<p class="gone"><code>${method} ${html(path)}</code> → <code>${html(use)}</code></p>`;
}

function fieldRow({ name, type, required }: SchemaLine): string {
  return row([required ? `${name} *` : name, type]);
}

function table(rows: readonly string[]): string {
  return rows.length === 0 ? '' : `<table>${rows.join('')}</table>`;
}

function row([first = '', ...cells]: readonly string[]): string {
  return `<tr><td><code>${html(first)}</code></td>${cells.map((cell) => `<td>${html(cell)}</td>`).join('')}</tr>`;
}

function describe(schema: Readonly<Record<string, unknown>>): string {
  const choices = schema['enum'];
  if (Array.isArray(choices)) return choices.join(' | ');
  return String(schema['$ref'] ?? schema['format'] ?? schema['type'] ?? '').replace(/^.*\//, '');
}

function html(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
