import { call } from '../../api/call.ts';
import { PurgeDocument, RotateSecretsDocument } from '../../api/generated/graphql.ts';
import { useSay } from '../../frame/preferences.tsx';
import { Action } from '../../parts/action.tsx';
import { Page, Section } from '../../parts/page.tsx';

/** Purges, and the renewal of stored secrets. */
export function View() {
  const say = useSay();
  return (
    <Page title={say('维护', 'Maintenance')}>
      <div className="grid">
        <Section title={say('清理过期数据', 'Purge what is past its time')}>
          <p>
            {say(
              '每天自动进行；期限见设置 retention_*。',
              'Done every day by itself; the Settings retention_* say what is kept how long.',
            )}
          </p>
          <Action
            label={say('清理', 'Purge')}
            danger
            preview={async () => {
              const { purge } = await call(PurgeDocument, { input: { mode: 'DRY_RUN' } });
              const count = purge.counts.reduce((sum, { rows }) => sum + rows, 0);
              const more = purge.counts.some(({ complete }) => !complete) ? '+' : '';
              return {
                count,
                errors: purge.userErrors,
                button: say(`删除 ${count}${more} 行`, `Delete ${count}${more} rows`),
                shown: (
                  <ul className="plain">
                    {purge.counts.map(({ table, rows, complete }) => (
                      <li key={table}>
                        <code>{table}</code> {rows}
                        {complete ? '' : '+'}
                      </li>
                    ))}
                  </ul>
                ),
              };
            }}
            run={() => call(PurgeDocument, { input: { mode: 'RUN' } }, { repeatable: false })}
            errorsOf={({ purge }) => purge.userErrors}
            done={() => say('正在后台删除', 'Being deleted in the background')}
          />
        </Section>
        <Section title={say('更换加密密钥', 'Renew stored secrets')}>
          <p>
            {say(
              '设置新的 SECRETS_KEY 并保留 SECRETS_KEY_PREVIOUS 后，用新密钥重新加密所有存储的凭据。',
              'After a new SECRETS_KEY was set beside SECRETS_KEY_PREVIOUS: every stored credential is sealed with the new one.',
            )}
          </p>
          <Action
            label={say('重新加密', 'Renew')}
            run={() => call(RotateSecretsDocument, {}, { repeatable: false })}
            errorsOf={({ rotateSecrets }) => rotateSecrets.userErrors}
            done={({ rotateSecrets: { renewed } }) => say(`已重新加密 ${renewed} 条`, `${renewed} renewed`)}
          />
        </Section>
      </div>
    </Page>
  );
}
