import type { UserErrorShape } from '../errors.ts';
import type { SettingChangeRow, SettingShape } from './rows.ts';

/** What stands behind each type of the settings. */
export interface SettingsObjects {
  Setting: SettingShape;
  SettingChange: SettingChangeRow;
  UpdateSettingPayload: {
    readonly setting: SettingShape | null;
    readonly userErrors: readonly UserErrorShape[];
  };
}
