import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { connectionOf, encodeCursor, type PageArguments, parsePage } from './connection.ts';

const rules = { list: 'tasks', max: 100 };

function refusal(args: PageArguments): Record<string, unknown> {
  try {
    parsePage(args, rules);
  } catch (error) {
    if (error instanceof GraphQLError) return error.extensions;
    throw error;
  }
  throw new Error('was accepted');
}

describe('the arguments of a connection', () => {
  it('are refused as BAD_USER_INPUT with the argument that is wrong', () => {
    const badUserInput = (argument: string) => ({ code: 'BAD_USER_INPUT', argument });
    expect(refusal({})).toEqual(badUserInput('first'));
    expect(refusal({ first: 1, last: 1 })).toEqual(badUserInput('last'));
    expect(refusal({ first: 101 })).toEqual(badUserInput('first'));
    expect(refusal({ last: -1 })).toEqual(badUserInput('last'));
    expect(refusal({ first: 1, after: 'nonsense' })).toEqual(badUserInput('after'));
    expect(refusal({ first: 1, before: encodeCursor('requests', '5') })).toEqual(badUserInput('before'));
    expect(refusal({ first: 1, after: encodeCursor('tasks', '9999999999999999999') })).toEqual(
      badUserInput('after'),
    );
  });

  it('give a page with the keys of the cursors', () => {
    expect(parsePage({ first: 3, after: encodeCursor('tasks', '7') }, rules)).toEqual({
      size: 3,
      backward: false,
      after: '7',
      before: null,
    });
    expect(parsePage({ last: 100, before: encodeCursor('tasks', '7') }, rules)).toMatchObject({
      size: 100,
      backward: true,
      before: '7',
    });
  });
});

describe('a page of rows', () => {
  const options = { list: 'tasks', keyOf: (row: string) => row, countAll: () => Promise.resolve(3) };

  it('drops the row that only tells there are more, at the end it was read from', () => {
    const forward = connectionOf(['1', '2', '3'], parsePage({ first: 2 }, rules), options);
    expect(forward.edges.map(({ node }) => node)).toEqual(['1', '2']);
    expect(forward.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });

    const backward = connectionOf(['1', '2', '3'], parsePage({ last: 2 }, rules), options);
    expect(backward.edges.map(({ node }) => node)).toEqual(['2', '3']);
    expect(backward.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  it('can be empty', () => {
    const empty = connectionOf<string>([], parsePage({ first: 0 }, rules), options);
    expect(empty.pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: null,
      endCursor: null,
    });
  });
});
