import { z } from 'zod';
import { isSafeAddress } from '../integrations/contract/variables.ts';
import {
  ADMIN_KEY,
  ADMIN_KEY_EXPECTED,
  commaSeparated,
  databaseUrl,
  flag,
  isHttpUrl,
  isOrigin,
  isSmtpUrl,
  isTimeZone,
  MASTER_KEY,
  MASTER_KEY_EXPECTED,
  wholeNumber,
} from './variable-formats.ts';

/** Where a process listens that is told nothing. */
export const DEFAULT_HOST = '127.0.0.1';

/** The process's own variables: what each must look like, and what it is when it is not set. */
export const variables = z.object({
  HOST: z.string().default(DEFAULT_HOST),
  PORT: wholeNumber(0, 65_535).default(4000),
  ROLE: z.enum(['all', 'server', 'worker'], 'expected all, server or worker').default('all'),
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_DIRECT_URL: databaseUrl.optional(),
  DATABASE_POOL_SIZE: wholeNumber(1, 1_000).default(10),
  DATA_DIR: z.string().default('.accountsync'),
  MIGRATE_ON_START: flag.default(true),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'expected fatal, error, warn, info, debug, trace or silent',
    )
    .default('info'),
  LOG_FORMAT: z.enum(['auto', 'pretty', 'json'], 'expected auto, pretty or json').default('auto'),
  ADMIN_API_KEY: z
    .string()
    .refine((key) => ADMIN_KEY.test(key), ADMIN_KEY_EXPECTED)
    .optional(),
  OIDC_ISSUER: z
    .string()
    .refine(isSafeAddress, 'expected an https URL, as the issuer writes it (plain http only on loopback)')
    .optional(),
  OIDC_AUDIENCE: z.string().max(500).optional(),
  OIDC_CLIENT_ID: z.string().max(500).optional(),
  OIDC_CLIENT_SECRET: z.string().max(2_000).optional(),
  SANDBOX: z.string().default('auto'),
  SANDBOX_PORT: wholeNumber(0, 65_535).default(0),
  EMAIL_DOMAIN: z
    .string()
    .regex(/^@?([a-z0-9-]+\.)+[a-z0-9-]+$/i, 'expected a domain such as example.com')
    .optional(),
  ACCOUNT_CREATION_ENABLED: flag.optional(),
  ACCOUNT_CREATION_MAX_RETRIES: wholeNumber(0, 100).optional(),
  UPSTREAM_TIMEOUT_SECONDS: wholeNumber(1, 3_600).default(30),
  SHUTDOWN_TIMEOUT_SECONDS: wholeNumber(0, 3_600).default(30),
  ALLOWED_ORIGINS: z
    .string()
    .transform(commaSeparated)
    .refine((origins) => origins.every(isOrigin), 'expected origins like https://portal.example.com')
    .default([]),
  DEFAULT_LOCALE: z.enum(['zh-CN', 'en'], 'expected zh-CN or en').default('zh-CN'),
  DISPLAY_TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'expected a time zone like Asia/Shanghai')
    .default('Asia/Shanghai'),
  SMTP_URL: z
    .string()
    .refine(isSmtpUrl, 'expected a URL like smtp://user:password@mail.example.com:587 or smtps://…')
    .optional(),
  SECRETS_KEY: z.string().regex(MASTER_KEY, MASTER_KEY_EXPECTED).optional(),
  SECRETS_KEY_PREVIOUS: z
    .string()
    .transform(commaSeparated)
    .refine(
      (keys) => keys.every((key) => MASTER_KEY.test(key)),
      `${MASTER_KEY_EXPECTED}; several with commas`,
    )
    .default([]),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .string()
    .refine(isHttpUrl, 'expected the http(s) address of a collector, such as http://127.0.0.1:4318')
    .optional(),
  OTEL_SERVICE_NAME: z.string().max(200).default('accountsync'),
  ATTENDANCE_URL: z
    .string()
    .refine(isHttpUrl, 'expected the http(s) address of the attendance application')
    .optional(),
  HTTP_BODY_LIMIT_BYTES: wholeNumber(1_024, 1_073_741_824).default(16_777_216),
});
