import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestScope } from '../../schema/context/context.ts';
import { exportAccounts, exportChanges } from '../../schema/databases/exports.ts';
import { permitted } from '../../schema/permissions/viewer.ts';
import { exportPeople, exportTasks } from '../../schema/provisioning/exports.ts';
import { exportRequests } from '../../schema/provisioning/requests/export-requests.ts';
import { csvLine } from './csv-line.ts';

/** Excel takes a file without it for one of the local code page. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Each list, and the scope that its counterpart in the API needs. */
const lists = {
  '/exports/requests.csv': { make: exportRequests, scope: 'requests:read' },
  '/exports/tasks.csv': { make: exportTasks, scope: 'requests:read' },
  '/exports/people.csv': { make: exportPeople, scope: 'people:read' },
  '/exports/database-accounts.csv': { make: exportAccounts, scope: 'databases:read' },
  '/exports/database-account-changes.csv': { make: exportChanges, scope: 'databases:read' },
} as const;

export type ExportPath = keyof typeof lists;

/** True for the address of an export. */
export function isExportPath(path: string | undefined): path is ExportPath {
  return path !== undefined && Object.hasOwn(lists, path);
}

/** Why nothing is exported. */
export interface ExportRefusal {
  readonly status: 400 | 403;
  readonly code: 'FORBIDDEN' | 'BAD_USER_INPUT';
  readonly message: string;
}

/** Streams a list as CSV: page after page, as fast as the caller takes it. */
export async function answerExport(
  path: ExportPath,
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
  scope: RequestScope,
): Promise<ExportRefusal | null> {
  const { make, scope: needed } = lists[path];
  if (!permitted(scope.viewer, [needed]))
    return { status: 403, code: 'FORBIDDEN', message: `This export needs the scope ${needed}.` };
  const list = make(scope, queryOf(request.url ?? ''));
  if (list === null)
    return { status: 400, code: 'BAD_USER_INPUT', message: 'A parameter of this export is not understood.' };
  const name = path.slice(path.lastIndexOf('/') + 1);
  response.writeHead(200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${name}"`,
  });
  response.write(BYTE_ORDER_MARK + csvLine(list.header));
  for await (const page of list.rows()) {
    if (response.destroyed) return null;
    if (!response.write(page.map(csvLine).join('')))
      await Promise.race([once(response, 'drain'), once(response, 'close')]);
  }
  response.end();
  return null;
}

function queryOf(url: string): Readonly<Record<string, readonly string[]>> {
  const parameters = new URL(url, 'http://localhost').searchParams;
  return Object.fromEntries([...new Set(parameters.keys())].map((key) => [key, parameters.getAll(key)]));
}
