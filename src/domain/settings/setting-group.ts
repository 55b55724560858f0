/** Groups of Settings, for lists that show them together. The first whose pattern fits the key wins. */
const groups: readonly (readonly [group: string, keys: RegExp])[] = [
  ['calendar', /^(calendar|wps|timetable)_/],
  ['databases', /^database/],
  ['pages', /^(console|graphiql|oidc)_/],
  ['api', /^(api|rest|origin)_/],
  ['notifications', /^(notification_|notify_|operator_)/],
  ['retention', /^retention_/],
  ['safety', /_threshold_/],
  [
    'systems',
    /^(max_concurrency|rate_limit)_|paused_systems|_patterns$|^(uncertain|visibility|probe|hieds)_/,
  ],
  ['schedules', /_interval_minutes$|_enabled$/],
  ['names', /name|pinyin|reserved_local_parts/],
];

/** The group of a Setting by its key; `provisioning` where none fits. */
export function settingGroup(key: string): string {
  return groups.find(([, keys]) => keys.test(key))?.[0] ?? 'provisioning';
}
