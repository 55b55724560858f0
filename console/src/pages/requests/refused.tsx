import type { RequestQuery } from '../../api/generated/graphql.ts';
import { useSay } from '../../frame/preferences.tsx';
import { Section } from '../../parts/page.tsx';
import { Rows } from '../../parts/rows.tsx';

type Row = NonNullable<RequestQuery['request']>['rejectedRows'][number];

/** Refused rows that are listed: the caller was told of all. */
const SHOWN = 100;

/** Rows that never became people of the request: their sender corrects and resends them. */
export function Refused({ rows }: { readonly rows: readonly Row[] }) {
  const say = useSay();
  if (rows.length === 0) return null;
  return (
    <Section title={say(`被拒绝的 ${rows.length} 行`, `${rows.length} refused rows`)}>
      <Rows<Row>
        label={say('被拒绝的行', 'Refused rows')}
        rows={rows.slice(0, SHOWN)}
        rowKey={({ position }) => String(position)}
        columns={[
          { key: 'row', title: say('行', 'Row'), isNumber: true, render: ({ position }) => position + 1 },
          {
            key: 'number',
            title: say('工号', 'Number'),
            render: ({ userErrors }) => userErrors[0]?.employeeNumber ?? '–',
          },
          {
            key: 'why',
            title: say('原因', 'Why'),
            render: ({ userErrors, codes }) => (
              <div className="explain">
                {userErrors.length === 0
                  ? codes.join(', ')
                  : userErrors.map(({ code, message }) => (
                      <div key={`${code} ${message}`}>
                        {message} <code>{code}</code>
                      </div>
                    ))}
              </div>
            ),
          },
        ]}
      />
    </Section>
  );
}
