import { parseArgs } from 'node:util';
import { startSandbox } from './sandbox.ts';

// The sandbox as a process of its own, for benches and crash tests:
//   node src/sandbox/main.ts [--port N] [--latency-min MS --latency-max MS] [--state-file FILE]
//        [--replication-delay MS] [--token-lifetime SECONDS] [--people N]
// Prints one JSON line `{"controlUrl", "baseUrls", "environment"}` once it serves, and ends on SIGTERM or SIGINT.

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'latency-min': { type: 'string', default: '20' },
    'latency-max': { type: 'string', default: '60' },
    'state-file': { type: 'string' },
    'replication-delay': { type: 'string', default: '0' },
    'token-lifetime': { type: 'string' },
    people: { type: 'string' },
  },
});

const sandbox = await startSandbox({
  port: Number(values.port),
  latencyMs: { min: Number(values['latency-min']), max: Number(values['latency-max']) },
  replicationDelayMs: Number(values['replication-delay']),
  ...(values['state-file'] === undefined ? {} : { stateFile: values['state-file'] }),
  ...(values['token-lifetime'] === undefined
    ? {}
    : { tokenLifetimeSeconds: Number(values['token-lifetime']) }),
  ...(values.people === undefined ? {} : { company: { people: Number(values.people), changesPerSync: 0 } }),
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => sandbox.close());

const { controlUrl, baseUrls, environment } = sandbox;
process.stdout.write(`${JSON.stringify({ controlUrl, baseUrls, environment })}\n`);
