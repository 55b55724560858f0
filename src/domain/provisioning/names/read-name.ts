import { normaliseName } from '../../text/text.ts';
import { judgeName, type NameDoubt } from './judge-name.ts';
import type { Umlaut } from './transliterate.ts';

/** Settings of how a name is read and spelled. */
export interface NameRules {
  /** `pinyin_umlaut`. */
  readonly umlaut: Umlaut;
  /** `doubtful_names`. */
  readonly doubtfulNames: 'refuse' | 'hold' | 'accept';
  /** `name_notes_left_off`. */
  readonly notesLeftOff: readonly string[];
}

/** A name as accounts bear it. */
export interface ReadName {
  readonly name: string;
  /** Why it hardly is a name. */
  readonly doubt: NameDoubt | null;
  /** Notes that stood in it and are in no account, in the words of the Setting. */
  readonly leftOff: readonly string[];
}

const OPENING = '[([{（［｛【〔〈《<]';
const CLOSING = '[)\\]}）］｝】〕〉》>]';
const DASH = '\\s*[-_—–/|]\\s*';
const HAN = '\\p{Script=Han}';

/**
 * Reads a name for accounts. Notes of the Setting `name_notes_left_off` (`王伟（外包）`, `WB_李娜`, `张三-技术部`) are left
 * off where the rest is a name; a name without doubt is never changed, and neither is one that a person accepted. Whoever
 * uses the name tells or stores what was left off.
 */
export function readName(
  written: string,
  options: Pick<NameRules, 'notesLeftOff'> & { readonly accepted?: boolean },
): ReadName {
  const doubt = options.accepted === true ? null : judgeName(written);
  if (doubt === 'NOTE' && options.notesLeftOff.length > 0) {
    const { name, leftOff } = leaveOff(normaliseName(written), options.notesLeftOff);
    if (leftOff.length > 0 && judgeName(name) === null) return { name, doubt: null, leftOff };
  }
  return { name: written, doubt, leftOff: [] };
}

/** Of several notes each is left off, wherever the others stand; every round shortens the name. */
function leaveOff(
  written: string,
  notes: readonly string[],
): { readonly name: string; readonly leftOff: readonly string[] } {
  const leftOff = new Set<string>();
  let name = written;
  for (let before = ''; before !== name; ) {
    before = name;
    for (const note of notes) {
      const shorter = without(name, normaliseName(note));
      if (shorter === name) continue;
      leftOff.add(note);
      name = shorter;
    }
  }
  return { name, leftOff: [...leftOff] };
}

/** In brackets anywhere; before or behind the name at a dash, or grown to its Chinese characters. */
function without(name: string, note: string): string {
  if (note === '') return name;
  const word = note.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  const pattern = `${OPENING}\\s*${word}\\s*${CLOSING}|^${word}(?:${DASH}|(?=${HAN}))|(?:${DASH}|(?<=${HAN})\\s*)${word}$`;
  return name.replace(new RegExp(pattern, 'giu'), '').trim();
}
