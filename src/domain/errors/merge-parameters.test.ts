import { expect, it } from 'vitest';
import { mergeParameters } from './merge-parameters.ts';

it('keeps what all share and lists a few of what differs', () => {
  const samples = ['P1', 'P2', 'P3', 'P4'].map((employeeNumber) => ({ employeeNumber, system: 'IDAAS' }));
  expect(mergeParameters(samples, 120)).toEqual({ employeeNumber: ['P1', 'P2', 'P3', '…'], system: 'IDAAS' });
  expect(mergeParameters(samples.slice(0, 2), 2)).toEqual({ employeeNumber: ['P1', 'P2'], system: 'IDAAS' });
  expect(mergeParameters(samples.slice(0, 1), 1)).toEqual({ employeeNumber: 'P1', system: 'IDAAS' });
});
