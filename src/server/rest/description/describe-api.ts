import type { GraphQLSchema } from 'graphql';
import { ruleOf } from '../../../schema/permissions/rules.ts';
import { restGoneRoutes, restRoutes } from '../table/route-table.ts';
import type { DescribedAnswer, GoneRoute, RestRoute } from '../wire/route.ts';
import { components } from './components.ts';
import { samples } from './samples.ts';
import { type JsonSchema, listOf, ref } from './schema-parts.ts';

const WHAT = `第一代 AccountSync 的 REST 接口：老调用方只需更换地址并加上密钥，无需其他改动。新调用方请使用 GraphQL（/graphql）：可订阅进度、可预览、可取消。

The REST endpoints of the first AccountSync: its callers change the address, add a key, and go on. New callers take GraphQL (/graphql), which can watch, preview and cancel.`;

/** Of any call, whatever the endpoint. */
const ALWAYS: readonly DescribedAnswer[] = [
  { status: 400, schema: 'Invalid' },
  ...[401, 403, 404, 405, 406, 429, 500, 503].map((status) => ({ status, schema: 'Detail' })),
];
/** Of calls with a body. */
const WITH_BODY: readonly DescribedAnswer[] = [
  { status: 413, schema: 'Detail' },
  { status: 415, schema: 'Detail' },
];

const sharedAnswers = [...ALWAYS, ...WITH_BODY];

/** Name of an answer that many endpoints share, so that it is described once. */
function sharedName({ status, schema }: DescribedAnswer): string {
  return `${schema}${status}`;
}

const statusTexts: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created · 已创建',
  202: 'Still under way, or waits for a person · 仍在执行，或等待确认',
  204: 'Done, nothing to say · 已完成，无内容',
  207: 'Good rows were taken, bad ones were not · 部分数据未被接受',
  400: 'What is wrong with which field · 各字段的问题',
  401: 'No key, or not a valid one · 缺少密钥，或密钥无效',
  403: 'The key does not permit it · 密钥无此权限',
  404: 'Not found · 未找到',
  405: 'Another method · 方法不被允许',
  406: 'Answers are JSON only · 只能以 JSON 应答',
  409: 'The state of things does not permit it · 当前状态不允许',
  410: 'No longer offered; `use` says what is · 不再提供，替代方式见 use',
  413: 'Too large · 请求体过大',
  415: 'Another media type · 不支持的媒体类型',
  422: 'The Idempotency-Key was used with other content · Idempotency-Key 已用于其他内容',
  429: 'Too many calls; see Retry-After · 调用过于频繁，见 Retry-After',
  500: 'Something went wrong on our side · 服务内部错误',
  503: 'Come again later; see Retry-After · 请稍后重试，见 Retry-After',
};

/** The OpenAPI 3.1 document of the endpoints, made from the route table. */
export function describeApi(schema: GraphQLSchema): JsonSchema {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of restRoutes) add(paths, route, describeRoute(schema, route));
  for (const route of restGoneRoutes) add(paths, route, describeGone(route));
  return {
    openapi: '3.1.0',
    info: { title: 'AccountSync', version: '1.0.0', description: WHAT },
    paths,
    components: {
      schemas: components,
      responses: Object.fromEntries(
        sharedAnswers.map((answer) => [sharedName(answer), responseOf(answer.status, [answer])]),
      ),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'Also as `Token K` or `Api-Key K`.' },
        basic: { type: 'http', scheme: 'basic', description: 'Any name; the key is the password.' },
        apiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
      },
    },
    security: [{ bearer: [] }, { basic: [] }, { apiKey: [] }],
  };
}

function add(
  paths: Record<string, Record<string, unknown>>,
  { path, method }: RestRoute | GoneRoute,
  operation: JsonSchema,
): void {
  paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
}

function describeRoute(schema: GraphQLSchema, route: RestRoute): JsonSchema {
  const { body } = route;
  const given = [...route.answers, ...ALWAYS, ...(body === undefined ? [] : WITH_BODY)];
  const parameters = [...pathParameters(route), ...queryParameters(route), ...headerParameters(route)];
  return {
    operationId: route.operationId,
    tags: [tagOf(route)],
    summary: `${route.text.ZH_CN} · ${route.text.EN}`,
    deprecated: false,
    'x-graphql-field': route.field,
    'x-scopes': scopesOf(schema, route),
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && { requestBody: requestBody(body) }),
    responses: responsesOf(given),
  };
}

function describeGone(route: GoneRoute): JsonSchema {
  const parameters = pathParameters(route);
  return {
    operationId: route.operationId,
    tags: [tagOf(route)],
    summary: `不再提供：${route.use} · No longer offered: ${route.use}`,
    deprecated: false,
    ...(parameters.length > 0 && { parameters }),
    responses: responsesOf([{ status: 410, schema: 'Gone' }, ...ALWAYS]),
  };
}

function tagOf({ path }: RestRoute | GoneRoute): string {
  return path.split('/')[1] || 'root';
}

/** The scopes of a route, any of which suffices; empty: every signed-in caller. */
export function scopesOf(schema: GraphQLSchema, { field }: RestRoute): readonly string[] {
  const [type, name = ''] = field.split('.');
  const owner = type === 'Mutation' ? schema.getMutationType() : schema.getQueryType();
  const found = owner?.getFields()[name];
  if (found === undefined) throw new Error(`There is no ${field}.`);
  const rule = ruleOf(found);
  return rule === null || rule === 'signed in' ? [] : rule;
}

function pathParameters({ path }: RestRoute | GoneRoute): JsonSchema[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    in: 'path',
    name,
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters({ query = [] }: RestRoute): JsonSchema[] {
  return query.map(({ name, schema, text }) => ({
    in: 'query',
    name,
    description: `${text.ZH_CN} · ${text.EN}`,
    schema,
  }));
}

const header = (name: string, description: string): JsonSchema => ({
  in: 'header',
  name,
  description,
  schema: { type: 'string' },
});

function headerParameters({ operationId, body }: RestRoute): JsonSchema[] {
  if (operationId === 'account_creation_create_accounts_create')
    return [
      header(
        'Idempotency-Key',
        '同一键与同一内容得到同一请求 · The same key with the same content gives the same request',
      ),
      header('Prefer', 'handling=lenient：接受合格的行 · Good rows are taken though others are bad'),
    ];
  if (operationId === 'account_creation_requests_retrieve')
    return [header('Prefer', 'wait=N：等到结束，最多 N 秒 · Answers when it is final, within N seconds')];
  if (body?.schema === 'TaskExecution')
    return [header('Prefer', 'wait=N 或 respond-async · wait=N or respond-async')];
  return [];
}

function requestBody({ schema, forms, samples: name }: NonNullable<RestRoute['body']>): JsonSchema {
  const content = { schema: ref(schema) };
  const examples = name === undefined ? {} : { examples: samples[name] };
  return {
    content: {
      'application/json': { ...content, ...examples },
      ...(forms && { 'application/x-www-form-urlencoded': content }),
    },
  };
}

/** Every status once; two shapes of one are both possible. */
function responsesOf(answers: readonly DescribedAnswer[]): JsonSchema {
  const byStatus = Map.groupBy(answers, ({ status }) => status);
  return Object.fromEntries(
    [...byStatus].map(([status, shapes]) => [String(status), sharedOf(shapes) ?? responseOf(status, shapes)]),
  );
}

/** Null: the answer is this endpoint's own. */
function sharedOf(shapes: readonly DescribedAnswer[]): JsonSchema | null {
  const names = new Set(shapes.map(sharedName));
  const shared = sharedAnswers.find((answer) => names.size === 1 && names.has(sharedName(answer)));
  return shared === undefined ? null : { $ref: `#/components/responses/${sharedName(shared)}` };
}

function responseOf(status: number, shapes: readonly DescribedAnswer[]): JsonSchema {
  const schemas = shapes.flatMap(({ schema, isList }) =>
    schema === null ? [] : [isList === true ? listOf(ref(schema)) : ref(schema)],
  );
  const description = statusTexts[status] ?? String(status);
  const [only] = schemas;
  if (only === undefined) return { description };
  const distinct = [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()];
  const schema = distinct.length === 1 ? only : { anyOf: distinct };
  return { description, content: { 'application/json': { schema } } };
}
