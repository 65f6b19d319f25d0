/** From where on a document itself says that its rollback no longer helps. */
import type {Plan} from '../../plan/plan.ts';

/** Whether a line belongs to what the rollback does not claim to take back: `Rollback (before Finish)`. */
export function beyondReturn({rollback, sections, source}: Plan): (line: number) => boolean {
  if (rollback === null) return () => false;
  const bound =
    /\b(?:before|until|bis(?: zu[rm]?)?|vor|avant|antes de|przed)\s+(?:the |de[rmn] |die |le |la |el )?(.+?)\W*$/i.exec(
      rollback.heading,
    )?.[1];
  if (bound === undefined || bound.length < NAME_MIN) return () => false;
  const name = bound.toLowerCase();
  const isReturn = NO_RETURN.test(name);
  const section = sections.find(
    ({title, line}) =>
      line !== rollback.line && (isReturn ? NO_RETURN.test(title) : title.toLowerCase().includes(name)),
  );
  const said = source.findIndex((text, index) => isReturn && index + 1 !== rollback.line && NO_RETURN.test(text)) + 1;
  const from = section?.line ?? (said === 0 ? undefined : said);
  return line => from !== undefined && line >= from && (from > rollback.line || line < rollback.line);
}

const NAME_MIN = 3;
const NO_RETURN =
  /point of no return|no way back|kein zurück|point de non[- ]retour|punto (?:de|sin) (?:no )?retorno|ponto sem volta/i;
