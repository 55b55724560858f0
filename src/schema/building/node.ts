import type { AccessRule } from '../../domain/access/scopes.ts';
import type { RequestScope } from '../context/context.ts';
import { badUserInput } from '../context/errors.ts';
import { signedIn } from '../permissions/rules.ts';
import { permitted } from '../permissions/viewer.ts';
import { decodeGlobalId } from '../reading/global-id.ts';
import { builder } from './builder.ts';
import { noteNodeType } from './node-type.ts';

/** One page of anything. */
const NODES_MAX = 100;

interface NodeType {
  /** The rule of the queries that read the type: without it a node is as good as unknown. */
  readonly rule: AccessRule;
  readonly loader: (scope: RequestScope) => { load(id: string): Promise<object | null> };
}

const nodeTypes = new Map<string, NodeType>();

/** Lets `node` and `nodes` read the objects of a type again by their global ids; said where the type is. */
export function addNode(type: string, node: NodeType): void {
  nodeTypes.set(type, node);
}

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

async function loadNode(scope: RequestScope, globalId: string): Promise<object | null> {
  const decoded = decodeGlobalId(globalId);
  return decoded === null ? null : nodeByKey(scope, decoded);
}

/** The object of this type and primary key for `node`; null when the viewer may not see it. */
export async function nodeByKey(
  scope: RequestScope,
  key: { readonly type: string; readonly id: string },
): Promise<object | null> {
  const type = nodeTypes.get(key.type);
  if (type === undefined || !permitted(scope.viewer, type.rule)) return null;
  const node = await type.loader(scope).load(key.id);
  if (node !== null) noteNodeType(node, key.type);
  return node;
}
