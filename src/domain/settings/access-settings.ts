import { z } from 'zod';
import { scopeNames } from '../access/scopes.ts';
import { setting } from './setting-definition.ts';

const text = z.string().min(1).max(200);
/** Settings of pages, tokens and how much a principal may ask. */
export const accessSettings = {
  console_enabled: setting(
    z.boolean(),
    true,
    '是否提供控制台页面（页面本身不含数据，查看和操作都需密钥）',
    'Whether browsers are given the console; the page holds no data, and what it shows and does needs a key all the same',
  ),
  graphiql_enabled: setting(
    z.boolean(),
    true,
    '是否在浏览器中提供 GraphiQL 页面（页面本身不含数据，操作仍需密钥）',
    'Whether browsers are given the GraphiQL page; it holds no data, and what it asks needs a key all the same',
  ),
  oidc_scope_claims: setting(
    z.array(text).max(20),
    ['scope', 'scp', 'roles'],
    '令牌中给出权限的声明（空格或逗号分隔的文本，或列表；内层的声明用点号，如 realm_access.roles）；不认识的值忽略',
    'Claims of tokens that name scopes, as a text with spaces or commas or a list (one within another by a dot: realm_access.roles); what is no scope is ignored',
  ),
  oidc_group_claims: setting(
    z.array(text).max(20),
    ['groups', 'roles'],
    '令牌中给出用户组或角色的声明，其权限见 oidc_group_scopes',
    'Claims of tokens that name groups or roles; what those permit stands in oidc_group_scopes',
  ),
  oidc_group_scopes: setting(
    z.record(z.string().max(200), z.array(z.enum(scopeNames))),
    {},
    '用户组或角色对应的权限，如 {"accountsync-operators": ["operate", "people:read"]}',
    'What groups or roles of the issuer permit, such as {"accountsync-operators": ["operate", "people:read"]}',
  ),
  api_rate_limit_points: setting(
    z.int().min(1).max(100_000_000),
    60_000,
    '每个主体在一个时间窗内最多可发起的 API 操作数（所有副本合计），超出返回 429',
    'API operations a principal may begin per window, over all replicas; beyond it 429',
  ),
  api_rate_limit_window_seconds: setting(
    z.int().min(1).max(86_400),
    60,
    'API 限流时间窗的长度（秒）',
    'Length of the window of the API rate limit, in seconds',
  ),
  api_rate_limit_overrides: setting(
    z.record(z.string().max(200), z.int().min(1).max(100_000_000)),
    {},
    '个别主体的 API 操作数上限，取代 api_rate_limit_points，如 {"oa": 600}',
    'API operations per window for single principals, in place of api_rate_limit_points, such as {"oa": 600}',
  ),
} as const;
