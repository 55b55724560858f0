import type { AccessRule } from '../domain/access/scopes.ts';
import { apiKeyById } from './access/rows.ts';
import { auditEntryById } from './audit/audit-entry.ts';
import type { RequestScope } from './context.ts';
import { badUserInput } from './errors.ts';
import { noteNodeType } from './node-type.ts';
import { deliveryById, webhookById } from './notifications/rows.ts';
import type { SchemaParts } from './parts.ts';
import { signedIn } from './permissions/rules.ts';
import { permitted } from './permissions/viewer.ts';
import {
  accountById,
  departmentMappingById,
  itemById,
  personById,
  personTypeMappingById,
  requestById,
  taskById,
} from './provisioning/rows/row-loaders.ts';
import { decodeGlobalId } from './reading/global-id.ts';
import { runById } from './runs/loaders.ts';
import { settingChangeById } from './settings/setting-change.ts';

/** One page of anything. */
const NODES_MAX = 100;

interface Loader {
  load(id: string): Promise<object | null>;
}

interface NodeType {
  /** The rule of the queries that read the type: without it a node is as good as unknown. */
  readonly rule: AccessRule;
  readonly loader: (scope: RequestScope) => Loader;
}

/** Every type that can be read again by its global id. */
const nodeTypes = {
  AccountRequest: { rule: ['requests:read'], loader: requestById },
  AccountRequestItem: { rule: ['requests:read'], loader: itemById },
  AccountTask: { rule: ['requests:read'], loader: taskById },
  Person: { rule: ['people:read'], loader: personById },
  Account: { rule: ['people:read'], loader: accountById },
  DepartmentMapping: { rule: ['operate'], loader: departmentMappingById },
  PersonTypeMapping: {
    rule: ['requests:read', 'requests:write', 'operate'],
    loader: personTypeMappingById,
  },
  SettingChange: { rule: ['operate'], loader: settingChangeById },
  AuditEntry: { rule: ['admin'], loader: auditEntryById },
  ApiKey: { rule: ['admin'], loader: apiKeyById },
  SyncRun: { rule: ['operate'], loader: runById },
  Webhook: { rule: ['operate'], loader: webhookById },
  WebhookDelivery: { rule: ['operate'], loader: deliveryById },
} as const satisfies Record<string, NodeType>;

/** The queries `node` and `nodes`. */
export function addNodes({ builder }: SchemaParts): void {
  builder.queryFields((t) => ({
    node: t.field({
      ...signedIn(),
      type: builder.nodeInterfaceRef(),
      nullable: true,
      description: 'Anything by its id; null when there is nothing of that id.',
      args: { id: t.arg.id({ required: true, description: 'The `id` of an answer.' }) },
      resolve: (_root, { id }, scope) => loadNode(scope, id),
    }),
    nodes: t.field({
      ...signedIn(),
      type: [builder.nodeInterfaceRef()],
      nullable: { list: false, items: true },
      description: `Several things by their ids, in that order; null for each that does not exist. At most ${NODES_MAX}.`,
      args: { ids: t.arg.idList({ required: true, description: 'Ids of answers.' }) },
      complexity: ({ ids }) => ({ field: 1, multiplier: ids.length }),
      resolve: (_root, { ids }, scope) => {
        if (ids.length > NODES_MAX)
          throw badUserInput('ids', `ids has ${ids.length} entries, at most ${NODES_MAX} are taken at once.`);
        return Promise.all(ids.map((id) => loadNode(scope, id)));
      },
    }),
  }));
}

async function loadNode(scope: RequestScope, globalId: string): Promise<object | null> {
  const decoded = decodeGlobalId(globalId);
  if (decoded === null || !isNodeType(decoded.type)) return null;
  const { rule, loader }: NodeType = nodeTypes[decoded.type];
  if (!permitted(scope.viewer, rule)) return null;
  const node = await loader(scope).load(decoded.id);
  if (node !== null) noteNodeType(node, decoded.type);
  return node;
}

function isNodeType(type: string): type is keyof typeof nodeTypes {
  return Object.hasOwn(nodeTypes, type);
}
