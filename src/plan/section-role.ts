import type {SectionRole} from './plan.ts';
import {readWindow} from './quantity.ts';

/** The role a title speaks of; undefined when it names none. The first that matches counts. */
export function roleOf(title: string): SectionRole | undefined {
  if (/\bvalidat/i.test(title) && (readWindow(title)?.fromMs ?? 0) > 0) return 'validate';
  return ROLES.find(([, pattern]) => pattern.test(title))?.[0];
}

/** A part takes the role of the whole, unless the whole may hold parts of the role its own title names. */
export function childRole(parent: SectionRole | undefined, title: string): SectionRole {
  const own = roleOf(title);
  if (parent === undefined || parent === 'other') return own ?? parent ?? 'other';
  return own !== undefined && PARTS[parent].includes(own) ? own : parent;
}

const ROLES: readonly [SectionRole, RegExp][] = [
  ['contacts', /\bcontacts?\b|\bescalation\b|\bon-call\b|\bcontactos\b/i],
  [
    'triggers',
    /\bwhen to (?:trigger )?(?:a )?roll|roll-?\s?back (?:triggers?|criteria|conditions?|decision)|criteria for roll|criterios de roll|\btriggers$/i,
  ],
  [
    'prepare',
    /\bpre-?\s?(?:deploy|flight|release|launch|migration|cut|check|requisit|work)|\bpreparations?\b|^prep\b|\bprerequisites?\b|\bbefore (?:you|the|deploy|release)|\bpreparación\b|\breadiness\b/i,
  ],
  [
    'criteria',
    /\b(?:success|completion|acceptance|exit) criteria\b|\bcriterios de (?:éxito|aceptación)\b|\bdefinition of done\b/i,
  ],
  ['rollback', /\broll(?:ing)?-?\s?back\b|\brevert\b|\bswitchback\b/i],
  [
    'reference',
    /\breferences?\b|\bdocumentation\b|\bappendix\b|\bresources\b|\blinks\b|\b(?:quick|useful) commands\b|\btroubleshooting\b|\brelated documents?\b|\bcheat ?sheet\b/i,
  ],
  ['notes', /\bnotes?\b|\bsign-?\s?off\b|\blessons\b|\bpost-?mortem\b|\bdeployment (?:log|record|summary)\b/i],
  ['monitor', /\bmonitor|\bobserv(?:e|ation|ing)|\bwatch(?:ing)?\b|\bfirst (?:\d+ )?hours?\b/i],
  ['validate', /\b(?:performance|long-term|production) validation\b/i],
  [
    'verify',
    /\bverif|\bsmoke\b|\bvalidat|\bpost-?\s?(?:deploy|release|launch|migration)|\bhealth checks?\b|\btest(?:s|ing)?\b/i,
  ],
  [
    'deploy',
    /\bdeploy|\brelease\b|\brollout\b|\blaunch\b|\bcut-?over\b|\bmigrat|\binstall|\bgo-?live\b|\bdespliegue\b|^step\b|\bsteps\b|\bprocedure\b/i,
  ],
];

/** `## Deployment` may hold "Step 3: Verify", but a rollback's "Verify success" is part of the rollback. */
const PARTS: Readonly<Record<Exclude<SectionRole, 'other'>, readonly SectionRole[]>> = {
  prepare: [],
  deploy: ['prepare', 'verify', 'monitor', 'rollback', 'triggers', 'criteria'],
  verify: ['monitor', 'rollback', 'triggers', 'criteria'],
  monitor: ['triggers', 'criteria', 'rollback'],
  validate: ['triggers', 'criteria', 'rollback'],
  triggers: [],
  rollback: ['triggers'],
  criteria: [],
  contacts: [],
  notes: [],
  reference: [],
};
