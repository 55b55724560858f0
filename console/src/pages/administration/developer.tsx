import { ViewerDocument } from '../../api/generated/graphql.ts';
import { pageConfig } from '../../api/page-config.ts';
import { useData } from '../../api/use-data.ts';
import { useSay } from '../../frame/preferences.tsx';
import { useMay } from '../../frame/viewer.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Copy } from '../../parts/id.tsx';
import { Loaded, Page, Section } from '../../parts/page.tsx';
import { When } from '../../parts/when.tsx';

const EXAMPLE = 'query { requests(first: 5) { nodes { requestId status progress } } }';

/** Who is signed in and what they may do, and how a program does the same. */
export function View() {
  const say = useSay();
  const may = useMay();
  const query = useData(ViewerDocument, {});
  const curl = `curl -s ${location.origin}/graphql \\
  -H "authorization: Bearer $ACCOUNTSYNC_API_KEY" \\
  -H 'content-type: application/json' \\
  -d '${JSON.stringify({ query: EXAMPLE })}'`;
  return (
    <Page title={say('开发者', 'Developer')}>
      <Section title={say('当前身份', 'Who you are')}>
        <Loaded query={query}>
          {({ viewer, rateLimit }) => (
            <Facts
              of={[
                [say('主体', 'Principal'), viewer.principal],
                [say('权限', 'Scopes'), viewer.scopes.join(', ')],
                [say('来源系统', 'Origin systems'), viewer.originSystems?.join(', ') ?? say('全部', 'all')],
                [
                  say('到期', 'Expires'),
                  <When key="expires" at={viewer.expiresAt} none={say('不过期', 'never')} />,
                ],
                [say('限额', 'Rate limit'), `${rateLimit.remaining} / ${rateLimit.limit}`],
                [say('重置', 'Resets'), <When key="reset" at={rateLimit.resetAt} />],
                [say('版本', 'Version'), pageConfig.version],
              ]}
            />
          )}
        </Loaded>
      </Section>
      <Section title="GraphQL">
        <p>
          <a href="/graphql">GraphiQL</a> · <code>{location.origin}/graphql</code>
          {!may('developer') && (
            <> · {say('内省需要权限 developer', 'introspection needs the scope developer')}</>
          )}
        </p>
        <pre className="json">{curl}</pre>
        <Copy text={curl} />
      </Section>
    </Page>
  );
}
