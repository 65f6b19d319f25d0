/** Finds sentences that say where everything below them runs. */
import {type TextLine, textOfLines} from '../../document/blocks.ts';
import {hasBlank} from '../../phrases/blanks.ts';
import {withPlaceOfAll} from '../code/where.ts';
import {type Setting, withWhere} from '../found.ts';
import {wholeCommand} from '../inline-commands.ts';
import {PASSIVE_ROLES} from '../settings.ts';
import {placeOfAll} from './section-places.ts';

/** "Everything below runs from the bastion": takes over the place, and removes the lines that give it. */
export function placesIn(lines: readonly TextLine[], setting: Setting) {
  const {section, preamble} = setting.node;
  const whole = placeOfAll(textOfLines(lines));
  const said = lines.filter(({text}) => placeOfAll(text) !== undefined);
  const found = whole ?? placeOfAll(said[0]?.text ?? '');
  if (found === undefined) return {left: lines, told: [], setting};
  const isFirst = setting.before === undefined && PASSIVE_ROLES.includes(section.role);
  const where = withPlaceOfAll(setting.where, found.place, preamble || found.isWhole || isFirst);
  const told = said.length > 0 ? said : lines.filter(({text}) => !hasBlank(text) && wholeCommand(text) === undefined);
  return {left: lines.filter(line => !told.includes(line)), told, setting: withWhere(setting, where)};
}
