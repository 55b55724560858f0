import { useState } from 'react';
import { DatabasePermissionsDocument, type PermissionRowFragment } from '../../api/generated/graphql.ts';
import { useData } from '../../api/use-data.ts';
import { useSay } from '../../frame/preferences.tsx';
import { Control } from '../../parts/fields.tsx';
import { Loaded } from '../../parts/page.tsx';

/** As many as one answer holds. */
const PERMISSIONS = 100;

/** Permissions of an account as a matrix: places down, privileges across, and in each cell the way it came. */
export function Permissions({ accountId }: { readonly accountId: string }) {
  const say = useSay();
  const [text, setText] = useState('');
  const [inherited, setInherited] = useState(true);
  const variables = { id: accountId, first: PERMISSIONS, inherited, ...(text && { search: text }) };
  const query = useData(DatabasePermissionsDocument, variables);
  return (
    <>
      <search className="filters">
        <Control
          field={{ name: 'search', label: say('权限或对象', 'Privilege or object') }}
          value={text}
          onChange={setText}
        />
        <Control
          field={{
            name: 'inherited',
            label: say('包括经角色得到的', 'Also what came through roles'),
            kind: 'switch',
          }}
          value={String(inherited)}
          onChange={(on) => setInherited(on === 'true')}
        />
        <span className="quiet">{say('包括经角色得到的', 'also what came through roles')}</span>
      </search>
      <Loaded query={query}>
        {({ databaseAccount }) => (
          <>
            {databaseAccount?.permissions.pageInfo.hasNextPage && (
              <p role="status">
                {say(
                  `只显示前 ${PERMISSIONS} 条，请筛选。`,
                  `Only the first ${PERMISSIONS} are shown: search.`,
                )}
              </p>
            )}
            <Matrix permissions={databaseAccount?.permissions.nodes ?? []} />
          </>
        )}
      </Loaded>
    </>
  );
}

function Matrix({ permissions }: { readonly permissions: readonly PermissionRowFragment[] }) {
  const say = useSay();
  if (permissions.length === 0) return <p className="quiet">{say('没有', 'None')}</p>;
  const where = ({ category, scope, object }: PermissionRowFragment) =>
    [category, scope, object].filter(Boolean).join(' · ');
  const rows = [...new Set(permissions.map(where))];
  const privileges = [...new Set(permissions.map(({ privilege }) => privilege))].toSorted();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
    <section className="week" tabIndex={0} aria-label={say('权限', 'Permissions')}>
      <table className="matrix">
        <thead>
          <tr>
            <th scope="col">{say('范围', 'Where')}</th>
            {privileges.map((privilege) => (
              <th key={privilege} scope="col">
                {privilege}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              <th scope="row">{row}</th>
              {privileges.map((privilege) => (
                <td key={privilege}>
                  {permissions
                    .filter((each) => where(each) === row && each.privilege === privilege)
                    .map((each) => (
                      <Way key={each.via.join(' ')} of={each} />
                    ))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** How a permission came: directly, or by which roles. */
function Way({ of }: { readonly of: PermissionRowFragment }) {
  const say = useSay();
  const denied = of.state === 'DENY';
  return (
    <div>
      {denied
        ? say('拒绝', 'denied')
        : of.via.length === 0
          ? say('直接', 'direct')
          : `← ${of.via.join(' ← ')}`}
      {of.grantable && <span className="quiet"> {say('可转授', 'may grant')}</span>}
    </div>
  );
}
