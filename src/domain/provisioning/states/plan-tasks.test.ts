import { describe, expect, test } from 'vitest';
import { dependenciesMet, type PersonSystems, planTasks } from './plan-tasks.ts';

const dependencies = { IDAAS: [], WELINK: ['IDAAS'], EMAIL: ['IDAAS'] };
const stranger: PersonSystems = { accounts: {}, openTasks: {} };

describe('planning one person', () => {
  test('makes a task for each wanted system, in the order asked for', () => {
    expect(planTasks(['EMAIL', 'IDAAS', 'WELINK'], stranger, dependencies)).toEqual([
      { system: 'EMAIL', action: 'create', status: 'WAITING', dependsOn: ['IDAAS'] },
      { system: 'IDAAS', action: 'create', status: 'PENDING', dependsOn: [] },
      { system: 'WELINK', action: 'create', status: 'WAITING', dependsOn: ['IDAAS'] },
    ]);
  });

  test('adds no dependency that was not asked for', () => {
    expect(planTasks(['WELINK'], stranger, dependencies)).toEqual([
      { system: 'WELINK', action: 'create', status: 'WAITING', dependsOn: ['IDAAS'] },
    ]);
  });

  test('needs no task where an account is active', () => {
    const person: PersonSystems = { accounts: { IDAAS: 'ACTIVE' }, openTasks: {} };
    expect(planTasks(['IDAAS', 'WELINK'], person, dependencies)).toEqual([
      { system: 'IDAAS', action: 'none' },
      { system: 'WELINK', action: 'create', status: 'PENDING', dependsOn: ['IDAAS'] },
    ]);
  });

  test('shares the open task of another request', () => {
    const person: PersonSystems = { accounts: { IDAAS: 'PLANNED' }, openTasks: { IDAAS: '7' } };
    expect(planTasks(['IDAAS', 'EMAIL'], person, dependencies)).toEqual([
      { system: 'IDAAS', action: 'link', taskId: '7' },
      { system: 'EMAIL', action: 'create', status: 'WAITING', dependsOn: ['IDAAS'] },
    ]);
  });

  test('an active account needs nothing even while a task for it is open', () => {
    const person: PersonSystems = { accounts: { IDAAS: 'ACTIVE' }, openTasks: { IDAAS: '7' } };
    expect(planTasks(['IDAAS'], person, dependencies)).toEqual([{ system: 'IDAAS', action: 'none' }]);
  });

  test.for(['PLANNED', 'DISABLED'] as const)('an account that is %s still needs a task', (state) => {
    const person: PersonSystems = { accounts: { IDAAS: state }, openTasks: {} };
    expect(planTasks(['IDAAS'], person, dependencies)).toMatchObject([
      { action: 'create', status: 'PENDING' },
    ]);
  });

  test('a system the graph does not name depends on nothing', () => {
    expect(planTasks(['VPN'], stranger, dependencies)).toEqual([
      { system: 'VPN', action: 'create', status: 'PENDING', dependsOn: [] },
    ]);
  });

  test('hands out a copy of the dependencies', () => {
    const [planned] = planTasks(['WELINK'], stranger, dependencies);
    expect(planned).toMatchObject({ dependsOn: ['IDAAS'] });
    expect(planned !== undefined && 'dependsOn' in planned && planned.dependsOn).not.toBe(
      dependencies.WELINK,
    );
  });
});

describe('dependencies are met', () => {
  test('when there are none', () => {
    expect(dependenciesMet([], {})).toBe(true);
  });

  test('when every one of them is active', () => {
    expect(dependenciesMet(['IDAAS', 'EMAIL'], { IDAAS: 'ACTIVE', EMAIL: 'ACTIVE' })).toBe(true);
    expect(dependenciesMet(['IDAAS', 'EMAIL'], { IDAAS: 'ACTIVE' })).toBe(false);
  });

  test.for(['PLANNED', 'DISABLED'] as const)('but not by an account that is %s', (state) => {
    expect(dependenciesMet(['IDAAS'], { IDAAS: state })).toBe(false);
  });
});
