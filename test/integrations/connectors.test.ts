import type { AccountIntent } from '../../src/integrations/contract/connector.ts';
import { connectorDefinitions } from '../../src/integrations/registry.ts';
import { faultRule } from '../../src/sandbox/playing/faults.ts';
import type { SandboxSystem } from '../../src/sandbox/playing/played-system.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { describeConnector } from './contract/connector-contract.ts';
import type { PlayedUpstream } from './contract/connector-contract-setup.ts';

const SECRETS = {
  idaas: 'idaas-secret-canary',
  welink: 'welink-secret-canary',
  email: 'email-token-canary',
};

/** Systems that hold accounts; HR and calendars, which the sandbox plays too, hold none. */
type AccountSystem = Exclude<SandboxSystem, 'HIEDS' | 'WPS'>;

interface Particulars {
  readonly secret: PlayedUpstream['secret'];
  readonly usesTokens: boolean;
  ours(intent: AccountIntent): Record<string, string>;
  somebodyElses(intent: AccountIntent): Record<string, string>;
}

/** What differs between the systems: who holds what under which name. */
function particularsOf(system: AccountSystem): Particulars {
  switch (system) {
    case 'IDAAS':
      return {
        secret: { variable: 'IDAAS_SECRET', value: SECRETS.idaas },
        usesTokens: true,
        ours: (intent) => ({ key: intent.employeeNumber, username: 'wold', email: 'wold@example.com' }),
        somebodyElses: (intent) => ({ key: 'OTHER1', username: intent.username ?? '' }),
      };
    case 'WELINK':
      return {
        secret: { variable: 'WELINK_CLIENT_SECRET', value: SECRETS.welink },
        usesTokens: true,
        ours: (intent) => ({ key: intent.employeeNumber }),
        somebodyElses: (intent) => ({ key: 'OTHER1', phone: intent.phone?.nationalNumber ?? '' }),
      };
    case 'EMAIL':
      return {
        secret: { variable: 'EMAIL_AUTH_TOKEN', value: SECRETS.email },
        usesTokens: false,
        ours: (intent) => ({ key: intent.username ?? '', alias: 'another-alias' }),
        somebodyElses: (intent) => ({ key: 'zOTHER1', alias: intent.emailAddress.split('@')[0] ?? '' }),
      };
  }
}

/** One system alone on a stage of its own. */
async function playAlone(system: AccountSystem): Promise<PlayedUpstream> {
  const sandbox = await startSandbox({ systems: [system], latencyMs: { min: 0, max: 0 }, secrets: SECRETS });
  const { control } = sandbox;
  const { ours, somebodyElses, ...particulars } = particularsOf(system);
  const operationOf = (operation: Parameters<PlayedUpstream['calls']>[0]) =>
    operation === '*' ? { system } : { system, operation };
  return {
    ...particulars,
    environment: sandbox.environment,
    play: async (fault) => {
      await control.addFault(faultRule.parse({ system, ...fault }));
    },
    stopFaults: () => control.removeFaults(),
    calls: (operation) => control.ledger(operationOf(operation)).length,
    effects: () => control.ledger({ system }).filter((entry) => entry.applied).length,
    whenCalled: (operation, count) => control.whenCalled({ ...operationOf(operation), count }),
    expireTokens: () => control.expireTokens(system),
    holdOurs: (intent) => {
      control.putAccount({ system, key: '', ...ours(intent) });
    },
    holdSomebodyElses: (intent) => {
      control.putAccount({ system, key: '', ...somebodyElses(intent) });
    },
    close: () => sandbox.close(),
  };
}

for (const definition of connectorDefinitions) {
  const { system } = definition;
  describeConnector(definition, () =>
    playAlone(faultRule.shape.system.exclude(['*', 'HIEDS', 'WPS']).parse(system)),
  );
}
