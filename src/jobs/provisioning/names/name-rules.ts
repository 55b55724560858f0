import type { NameRules } from '../../../domain/provisioning/names/read-name.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';

/** The Settings of how names are read and spelled, as they are now. */
export function nameRulesOf(settings: Pick<LiveSettings, 'get'>): NameRules {
  return {
    umlaut: settings.get('pinyin_umlaut'),
    doubtfulNames: settings.get('doubtful_names'),
    notesLeftOff: settings.get('name_notes_left_off'),
  };
}
