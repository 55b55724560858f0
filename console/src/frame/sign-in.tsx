import { Alert, Button, Card, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { signIn } from '../api/credential.ts';
import { pageConfig } from '../api/page-config.ts';
import { beginSignIn } from './oidc.ts';
import { Picks } from './picks.tsx';
import { useSay } from './preferences.tsx';

/** Asks who is at this tab; afterwards the same address is shown. */
export function SignIn({ problem }: { readonly problem: string | null }) {
  const say = useSay();
  const [key, setKey] = useState('');
  const enter = (event: FormEvent) => {
    event.preventDefault();
    if (key.trim() !== '') signIn(key.trim());
  };
  return (
    <main className="sign-in" id="main">
      <Card>
        <h1>AccountSync</h1>
        {problem !== null && <Alert type="error" showIcon role="alert" title={problem} />}
        {pageConfig.hasSignIn && (
          <Button type="primary" block onClick={() => void beginSignIn()}>
            {say('用单位账号登录', 'Sign in with your organisation')}
          </Button>
        )}
        <form className="form" onSubmit={enter}>
          <div className="field">
            <label htmlFor="key">{say('API 密钥', 'API key')}</label>
            <Input.Password
              id="key"
              autoComplete="off"
              value={key}
              onChange={(event) => setKey(event.target.value)}
            />
            <div className="quiet">
              {say(
                '首次启动时终端会显示密钥；只保存在本标签页，关闭即忘记。',
                'The terminal shows one at the first start. It is kept in this tab alone, until you close it.',
              )}
            </div>
          </div>
          <Button
            htmlType="submit"
            type={pageConfig.hasSignIn ? 'default' : 'primary'}
            block
            disabled={key.trim() === ''}
          >
            {say('登录', 'Sign in')}
          </Button>
        </form>
        <Picks />
      </Card>
    </main>
  );
}
