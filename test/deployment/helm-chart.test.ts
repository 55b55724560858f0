import { existsSync, globSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { parseTemplate } from './parse-template.ts';
import { projectVersion, read, SHUTDOWN_DEFAULT_SECONDS, unknownVariables } from './project.ts';
import { renderChart, renderTemplate } from './render-chart.ts';

// Rendered by a reader of our own, for Helm is not everywhere where the tests run.

const CHART = 'deploy/helm/accountsync';
const SECRET = { existingSecret: 'accountsync-secrets' };
const labels = z.record(z.string(), z.string());
const container = z.looseObject({
  image: z.string(),
  args: z.array(z.string()).optional(),
  envFrom: z.array(z.record(z.string(), z.object({ name: z.string() }))),
  env: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
});
const kubernetesObject = z.looseObject({
  kind: z.string(),
  metadata: z.object({ name: z.string(), labels, annotations: labels.optional() }),
  data: labels.optional(),
  spec: z.looseObject({}).optional(),
});
const podTemplate = z.object({
  metadata: z.object({ labels }),
  spec: z.looseObject({
    terminationGracePeriodSeconds: z.number().optional(),
    automountServiceAccountToken: z.literal(false),
    securityContext: z.unknown(),
    containers: z.tuple([container]),
  }),
});
const workload = z.looseObject({ template: podTemplate });
const selecting = z.object({ selector: z.object({ matchLabels: labels }) });

function chart(values: Parameters<typeof renderChart>[1] = {}) {
  const objects = renderChart(CHART, { ...SECRET, ...values }).map((object) =>
    kubernetesObject.parse(object),
  );
  const of = (kind: string) => objects.filter((object) => object.kind === kind);
  const pods = [...of('Deployment'), ...of('Job')].map(({ metadata, spec }) => ({
    name: metadata.name,
    spec,
    template: workload.parse(spec).template,
  }));
  return { objects, of, pods };
}

describe('the Helm chart', () => {
  test('runs a server and a worker, each observed, kept while nodes drain, and migrated before', () => {
    const { of, pods } = chart();
    expect(pods.map(({ name }) => name)).toEqual(['demo-server', 'demo-worker', 'demo-migrate']);
    for (const { name, spec, template } of pods.slice(0, 2)) {
      expect(spec?.['replicas']).toBe(2);
      expect(template.spec.containers[0]).toMatchObject({
        livenessProbe: { httpGet: { path: '/healthz', port: 'http' } },
        readinessProbe: { httpGet: { path: '/readyz', port: 'http' } },
        startupProbe: { httpGet: { path: '/healthz', port: 'http' } },
        ports: [{ name: 'http', containerPort: 4000 }],
        env: [{ name: 'ROLE', value: name.replace('demo-', '') }],
      });
      expect(template.spec.terminationGracePeriodSeconds).toBeGreaterThan(SHUTDOWN_DEFAULT_SECONDS);
    }
    expect(of('PodDisruptionBudget').map(({ metadata }) => metadata.name)).toEqual([
      'demo-server',
      'demo-worker',
    ]);
    const [job] = of('Job');
    expect(job?.metadata.annotations?.['helm.sh/hook']).toBe('pre-install,pre-upgrade');
    const [file = ''] = pods[2]?.template.spec.containers[0].args ?? [];
    expect(existsSync(file)).toBe(true);
  });

  test('selects pods by labels that they have, the migration never among them', () => {
    const { objects, of, pods } = chart();
    const matches = (wanted: z.infer<typeof labels>) =>
      pods
        .filter(({ template }) =>
          Object.entries(wanted).every(([key, value]) => template.metadata.labels[key] === value),
        )
        .map(({ name }) => name);
    for (const { kind, metadata, spec } of objects) {
      const selector = selecting.safeParse(spec);
      if (selector.success && kind !== 'NetworkPolicy')
        expect(matches(selector.data.selector.matchLabels)).toEqual([metadata.name]);
    }
    const [service] = of('Service');
    expect(matches(labels.parse(service?.spec?.['selector']))).toEqual(['demo-server']);
    const [policy] = of('NetworkPolicy');
    const selector = z
      .object({ podSelector: z.object({ matchLabels: labels }) })
      .parse(policy?.spec).podSelector;
    expect(matches(selector.matchLabels)).toHaveLength(3);
  });

  test('gives pods nothing they do not need, and secrets only by reference', () => {
    const { objects, of, pods } = chart();
    for (const { template } of pods) {
      const [only] = template.spec.containers;
      expect(template.spec.securityContext).toMatchObject({
        runAsNonRoot: true,
        runAsUser: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(only['securityContext']).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(only.image).toBe(`registry.example.com/accountsync:${projectVersion}`);
      expect(only.envFrom).toContainEqual({ secretRef: { name: SECRET.existingSecret } });
    }
    expect(objects.map(({ kind }) => kind)).not.toContain('Secret');
    const [map] = of('ConfigMap');
    const names = Object.keys(map?.data ?? {});
    expect(unknownVariables(names)).toEqual([]);
    expect(names.filter((name) => /SECRET|KEY|TOKEN|URL/.test(name))).toEqual([]);
    expect(map?.data).toMatchObject({ HOST: '0.0.0.0', PORT: '4000', MIGRATE_ON_START: 'false' });
  });

  test.each(['keda', 'hpa'])(
    'scales workers by the age of the queue with %s, and servers by processor',
    (kind) => {
      const on = { autoscaling: { enabled: true } };
      const { of, pods } = chart({ server: on, worker: { autoscaling: { enabled: true, kind } } });
      for (const { spec } of pods.slice(0, 2)) expect(spec).not.toHaveProperty('replicas');
      const scaled = [...of('HorizontalPodAutoscaler'), ...of('ScaledObject')];
      expect(scaled.map(({ metadata }) => metadata.name).toSorted()).toEqual(['demo-server', 'demo-worker']);
      expect(of('TriggerAuthentication')).toHaveLength(kind === 'keda' ? 1 : 0);
      const metric = parse(read(`${CHART}/values.yaml`)).worker.autoscaling.hpa.metricName;
      expect(read('src/server/metrics/metrics.ts')).toContain(`${metric}:`);
    },
  );

  test('leaves out what is switched off, and takes what is given', () => {
    const off = { enabled: false };
    const { of, pods } = chart({
      migration: off,
      networkPolicy: off,
      podDisruptionBudget: off,
      serviceAccount: { create: false, name: 'mine' },
      shutdownTimeoutSeconds: 120,
      ingress: { enabled: true, className: 'nginx', tlsSecretName: 'tls' },
      image: { tag: 'other', pullSecrets: ['pull'] },
      worker: { nodeSelector: { pool: 'jobs' }, podAnnotations: { a: 'b' } },
    });
    expect(['Job', 'NetworkPolicy', 'PodDisruptionBudget', 'ServiceAccount'].flatMap(of)).toEqual([]);
    expect(of('ConfigMap')[0]?.data).not.toHaveProperty('MIGRATE_ON_START');
    expect(of('Ingress')[0]?.spec).toMatchObject({ ingressClassName: 'nginx', tls: [{ secretName: 'tls' }] });
    for (const { template } of pods) {
      expect(template.spec.terminationGracePeriodSeconds).toBeGreaterThan(120);
      expect(template.spec).toMatchObject({
        serviceAccountName: 'mine',
        imagePullSecrets: [{ name: 'pull' }],
      });
      expect(template.spec.containers[0].image).toMatch(/:other$/);
    }
    expect(pods[1]?.template.spec['nodeSelector']).toEqual({ pool: 'jobs' });
    expect(pods[0]?.template.spec).not.toHaveProperty('nodeSelector');
  });

  test('says what is missing, and has no value that nothing reads', () => {
    expect(() => renderChart(CHART)).toThrow('existingSecret: the name of a Secret');
    expect(() => chart({ worker: { autoscaling: { enabled: true, kind: 'cron' } } })).toThrow(
      'expected keda or hpa',
    );
    const templates = globSync(`${CHART}/templates/*`).map(read).join('\n');
    const keys = (value: unknown): string[] =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(value).flatMap(([key, inner]) => [key, ...keys(inner)])
        : [];
    const { podSecurityContext, containerSecurityContext, environment, ...values } = parse(
      read(`${CHART}/values.yaml`),
    );
    expect([podSecurityContext, containerSecurityContext, environment].every(Boolean)).toBe(true);
    for (const part of [values.server, values.worker, values.migration]) part.resources = {};
    values.ingress.annotations = {};
    const roles = ['server', 'worker'];
    expect(keys(values).filter((key) => !roles.includes(key) && !templates.includes(`.${key}`))).toEqual([]);
    expect(parse(read(`${CHART}/Chart.yaml`))).toMatchObject({
      version: projectVersion,
      appVersion: projectVersion,
    });
  });

  test.each([
    ['{{ .Values.nothing }}', 'there is no value .Values.nothing'],
    ['{{ lookup "v1" }}', 'cannot render the function lookup'],
    ['{{ .Values.service }}', 'a map or list is printed'],
  ])('is read by a renderer that refuses %s', (template, message) => {
    expect(() => renderTemplate(template, { Values: { service: { port: 80 } } })).toThrow(message);
  });

  test.each(['{{ if .a }}', '{{ end }}', '{{ .a ', '{{ .a | }}', '{{ (.a }}', '{{ .a% }}'])(
    'is parsed by a parser that refuses %s',
    (template) => expect(() => parseTemplate(template)).toThrow(),
  );
});
