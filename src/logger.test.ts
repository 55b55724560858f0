import { AxiosError, AxiosHeaders } from 'axios';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { loggerOptions } from './logger.ts';
import { Secret } from './secret.ts';

/** The lines that `log` writes, parsed. */
function linesOf(log: (logger: pino.Logger) => void) {
  const lines: string[] = [];
  log(pino(loggerOptions('trace'), { write: (line: string) => lines.push(line) }));
  return lines.map((line) => JSON.parse(line));
}

function errorOf(error: unknown) {
  const [line] = linesOf((logger) => logger.error({ error }, 'it broke'));
  return line.error;
}

describe('a line of the log', () => {
  test('keeps what is no secret', () => {
    const at = new Date(0);
    const fields = {
      system: 'IDAAS',
      counts: { done: 1, list: ['a', null] },
      ok: true,
      at,
      tokens: 3,
      name: 'lane',
    };
    const [line] = linesOf((logger) => logger.info(fields, 'done'));
    expect(line).toMatchObject({ ...fields, at: at.toISOString(), level: 'info', msg: 'done' });
  });

  test('has no secret in it, at any depth', () => {
    const [line] = linesOf((logger) =>
      logger.info(
        {
          headers: { authorization: 'abc', 'set-cookie': 'sid=1', accept: '*/*' },
          token: 'hunter2',
          request: { body: { password: 'hunter2', client_secret: 'hunter2' } },
          key: new Secret('hunter2'),
          url: 'https://welink.example.com/x?access_token=hunter2',
        },
        'sent Bearer hunter2',
      ),
    );
    expect(JSON.stringify(line)).not.toMatch(/hunter2|abc|sid=1/);
    expect(line).toMatchObject({
      headers: { authorization: '[redacted]', 'set-cookie': '[redacted]', accept: '*/*' },
      token: '[redacted]',
      request: { body: { password: '[redacted]', client_secret: '[redacted]' } },
      msg: 'sent Bearer [redacted]',
    });
  });

  test('masks phones and names by their fields, and phones and addresses in any text', () => {
    const [line] = linesOf((logger) =>
      logger.info(
        {
          phoneNumber: '+49 170 12',
          person: { fullName: '张三丰' },
          texts: ['call 13812345678'],
          bytes: 13_812_345_678,
        },
        'mail to zhangsan@example.com',
      ),
    );
    expect(line).toMatchObject({
      phoneNumber: '49****12',
      person: { fullName: '张*' },
      texts: ['call 138****5678'],
      bytes: 13_812_345_678,
      msg: 'mail to z***@example.com',
    });
  });
});

describe('an error in the log', () => {
  test('of Postgres says where it was, and nothing of the row', () => {
    const error = Object.assign(
      new Error('null value in column "person_type" violates not-null constraint'),
      {
        name: 'error',
        code: '23502',
        detail: 'Failing row contains (1, X1, null, 张三丰, 13812345678).',
        where: "unnamed portal parameter $1 = '张三丰'",
        table: 'person',
        column: 'person_type',
        client: { password: 'hunter2' },
      },
    );
    const described = errorOf(error);
    expect(described).toMatchObject({ code: '23502', table: 'person', column: 'person_type' });
    expect(JSON.stringify(described)).not.toMatch(/张三丰|13812345678|138\*|hunter2/);
  });

  test.each([
    new Error('invalid input syntax for type integer: "Zhang Sanfeng"'),
    new SyntaxError(`Unexpected token 'Z', "Zhang Sanfeng" is not valid JSON`),
  ])('does not repeat the value that was wrong: $message', (error) => {
    const described = errorOf(error);
    expect(JSON.stringify(described)).not.toMatch(/Zhang|Sanfeng/);
    expect(described.message).toMatch(/^(invalid input syntax for type integer|Unexpected token): …$/);
    expect(described.stack).toContain('logger.test.ts');
  });

  test('of axios has no request, no answer and no token', () => {
    const config = {
      url: 'https://welink.example.com/x?access_token=hunter2',
      headers: new AxiosHeaders({ Authorization: 'hunter2' }),
      data: '{"userNameCn":"张三丰","mobileNumber":"13812345678"}',
    };
    const answer = { status: 400, statusText: '', headers: {}, config, data: '张三丰 13812345678' };
    const error = new AxiosError('Request failed', 'ERR_BAD_REQUEST', config, {}, answer);
    const described = errorOf(new Error('outer 张三丰', { cause: error }));
    expect(described.cause).toMatchObject({ type: 'AxiosError', code: 'ERR_BAD_REQUEST' });
    expect(JSON.stringify(described)).not.toMatch(/hunter2|张三丰|13812345678/);
  });

  test('shows its causes and parts, and ends where they go round', () => {
    const inner = new Error('inner');
    const outer = new Error('outer', { cause: inner });
    inner.cause = outer;
    expect(errorOf(outer)).toMatchObject({ message: 'outer', cause: { message: 'inner' } });
    expect(errorOf(new AggregateError([inner], 'all')).errors).toMatchObject([{ message: 'inner' }]);
    expect(
      linesOf((logger) => logger.warn({ parts: [{ why: new Error('张三丰') }] }))[0].parts[0].why.message,
    ).toBe('张*');
  });
});
