/** Keys of the first system that are variables of the environment here; its credentials are among them. */
const VARIABLES: Readonly<Record<string, string>> = {
  hieds_account: 'HIEDS_ACCOUNT',
  hieds_secret: 'HIEDS_SECRET',
  hieds_project: 'HIEDS_PROJECT',
  hieds_enterprise: 'HIEDS_ENTERPRISE',
  hieds_tenant_id: 'HIEDS_TENANT_ID',
  hieds_page_size: 'HIEDS_PAGE_SIZE',
  idaas_account: 'IDAAS_ACCOUNT',
  idaas_secret: 'IDAAS_SECRET',
  idaas_enterprise_id: 'IDAAS_ENTERPRISE_ID',
  idaas_dc1: 'IDAAS_DC1',
  idaas_dc2: 'IDAAS_DC2',
  welink_client_id: 'WELINK_CLIENT_ID',
  welink_client_secret: 'WELINK_CLIENT_SECRET',
  email_auth_token: 'EMAIL_AUTH_TOKEN',
  default_email_domain: 'EMAIL_DOMAIN',
};

/** The variable that a key of the first system became; null: it became none. */
export function variableOfKey(key: string): string | null {
  return VARIABLES[key.toLowerCase()] ?? null;
}
