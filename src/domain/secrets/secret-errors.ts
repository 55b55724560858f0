import type { ErrorEntry } from '../errors/error-entry.ts';

/** Why a stored secret could not be made or used. Nothing is lost by it: what needs the secret waits. */
export const secretErrors = {
  SECRETS_KEY_MISSING: {
    zh: '没有主密钥，无法加密保存密钥。请管理员在每个进程设置 SECRETS_KEY（32 字节 base64，如 openssl rand -base64 32）并重启。',
    en: 'There is no master key to encrypt secrets with. The operator sets SECRETS_KEY (32 bytes in base64, as of `openssl rand -base64 32`) in every process and restarts it.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  SECRETS_KEY_UNKNOWN: {
    zh: '保存的密钥由主密钥 {keyId} 加密，而此进程只有：{known}。请管理员把该主密钥放入 SECRETS_KEY 或 SECRETS_KEY_PREVIOUS 并重启；在此之前等待，不会丢失。',
    en: 'The stored secret is encrypted with the master key {keyId}, and this process has: {known}. The operator gives that key in SECRETS_KEY or SECRETS_KEY_PREVIOUS and restarts; until then this waits and is not lost.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  SECRET_DAMAGED: {
    zh: '保存的密钥（{place}）无法解密：主密钥 {keyId} 正确，但内容已损坏或被移动过。请管理员恢复该行，或重新生成密钥。',
    en: 'The stored secret ({place}) cannot be decrypted: the master key {keyId} is the right one, but the value was damaged or moved. The operator restores the row, or makes a new secret.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
} as const satisfies Record<string, ErrorEntry>;

export type SecretErrorCode = keyof typeof secretErrors;
