/** Found in the document: inputs that are made too late, elsewhere, under another name, or in one of several ways only. */
import type {Doing} from '../../../plan/parse-plan.ts';
import {isOtherArm, lineText, type Told, wholePath} from '../document-course.ts';
import type {Finding} from '../finding.ts';

export function wrongInputs(told: Told): Finding[] {
  const deploy = told.course.filter(({phase}) => phase === 'deploy');
  const back = told.course.filter(({phase}) => phase === 'rollback');
  return [
    ...deploy.flatMap((doing, index) => ofDeploy(told, deploy, doing, index)),
    ...back.flatMap(doing => [
      ...inOneArm(told, deploy, doing),
      ...otherDay(told, deploy, doing),
      ...noImage(told, deploy, doing),
    ]),
  ];
}

function pathsNeeded({needs, words}: Doing): readonly string[] {
  const carried = /^(?:scp|rsync)$/.test(words[0] ?? '') ? words.slice(1, -1).filter(word => !/^-|:/.test(word)) : [];
  return [...needs.flatMap(need => ('path' in need ? [need.path] : [])), ...carried].filter(
    path => !/[*?$`<]/.test(path),
  );
}

const PRODUCT = /\.(?:tar|t?gz|tgz|zip|dump|sql|bak|jar|war|whl|deb|rpm|tfplan)$|backup|\bbak\b/i;

/** `tar xzf release.tgz` above `scp … release.tgz`; a file that is made here and read there. */
function ofDeploy(told: Told, deploy: readonly Doing[], doing: Doing, index: number): Finding[] {
  return pathsNeeded(doing).flatMap((path): Finding[] => {
    const whole = wholePath(doing, path);
    const name = whole.replace(/^.*\//, '');
    if (!PRODUCT.test(name)) return [];
    const makers = deploy.flatMap((one, at) => productsOf(one).map(product => ({one, at, ...product})));
    const named = makers.filter(({path: made}) => made.replace(/^.*\//, '') === name || made.endsWith('/'));
    const here = named.filter(
      ({place, path: made}) =>
        place === doing.place && (wholePath({directory: doing.directory}, made) === whole || made.endsWith('/')),
    );
    const isThere = makers.some(
      ({at, place, path: made}) =>
        at < index && place === doing.place && (whole.startsWith(`${made}/`) || made.replace(/^.*\//, '') === name),
    );
    if (isThere || here.some(({at, one}) => at < index && !isOtherArm(one, doing))) return [];
    const {line} = doing.command;
    const later = here.find(({at, path: made}) => at > index && made.replace(/^.*\//, '') === name);
    if (later !== undefined) {
      return [
        finding(
          'used-before-made',
          line,
          `${path} is used before line ${later.one.command.line} makes it`,
          [lineText(told, line), lineText(told, later.one.command.line)],
          `Move line ${later.one.command.line} above line ${line}.`,
        ),
      ];
    }
    const elsewhere = named.find(
      ({one, at, place, path: made}) =>
        at < index && place !== doing.place && one.place !== doing.place && made.replace(/^.*\//, '') === name,
    );
    if (elsewhere === undefined) return [];
    return [
      finding(
        'made-elsewhere',
        line,
        `${path} is needed on ${doing.place}, and line ${elsewhere.one.command.line} makes it on ${elsewhere.place}`,
        [lineText(told, elsewhere.one.command.line), lineText(told, line)],
        `Copy it between the two: scp ${path} ${doing.place}:${whole}.`,
      ),
    ];
  });
}

/** What a doing leaves, on which place: also on the other end of a copy. A target that is a directory ends with a slash. */
function productsOf(doing: Doing): {place: string; path: string}[] {
  const own = doing.makes.map(path => ({place: doing.place, path: wholePath(doing, path)}));
  if (!/^(?:scp|rsync)$/.test(doing.words[0] ?? '')) return own;
  const [, place, path = ''] = /^([\w.<>@-]+):(.*)$/.exec(doing.words.at(-1) ?? '') ?? [];
  const sources = doing.words.slice(1, -1).filter(word => !word.startsWith('-'));
  const names = sources.map(source => source.replace(/^.*[/:]/, ''));
  const target = place ?? doing.place;
  const base = place === undefined ? wholePath(doing, doing.words.at(-1) ?? '.') : path;
  return [
    ...own,
    {place: target, path: base},
    ...names.map(name => ({place: target, path: `${base.replace(/\/+$/, '')}/${name}`})),
  ];
}

/** The backup is made in Option A alone, and the rollback needs it after Option B as well. */
function inOneArm(told: Told, deploy: readonly Doing[], doing: Doing): Finding[] {
  if (doing.isOptional || doing.arm !== undefined) return [];
  const wanted = [
    ...pathsNeeded(doing).map(path => wholePath(doing, path)),
    ...doing.needs.flatMap(need => (need.kind === 'git-ref' ? [need.ref] : [])),
  ];
  return wanted.flatMap((what): Finding[] => {
    const makers = deploy.filter(one => one.makes.some(made => made === what || wholePath(one, made) === what));
    const [maker] = makers;
    const arms = new Set(makers.map(({arm}) => arm?.arm));
    if (maker?.arm === undefined || arms.size !== 1) return [];
    const {of, arm} = maker.arm;
    const others = deploy.filter(one => one.arm?.of === of && one.arm.arm !== arm);
    if (others.length === 0) return [];
    const {line} = doing.command;
    return [
      finding(
        'only-in-one-arm',
        line,
        `the rollback needs ${what}, which only one of the ways makes (line ${maker.command.line})`,
        [lineText(told, maker.command.line), lineText(told, others[0]?.command.line ?? line), lineText(told, line)],
        `Move line ${maker.command.line} above the choice, so that it is made whichever way is taken.`,
      ),
    ];
  });
}

/** `shop-2025-01-15.dump` is made, and `shop-2025-01-14.dump` restored. */
function otherDay(told: Told, deploy: readonly Doing[], doing: Doing): Finding[] {
  if (doing.isOptional) return [];
  const made = new Map(
    deploy.flatMap(one =>
      [...one.makes, ...valuesWithDigits(one)].map(path => [path.replace(/^.*\//, ''), one] as const),
    ),
  );
  const wanted = [...pathsNeeded(doing), ...valuesWithDigits(doing)].map(path => path.replace(/^.*\//, ''));
  return [...new Set(wanted)].flatMap((name): Finding[] => {
    if (made.has(name) || !/\d{4,}|\d{1,4}-\d{2}-\d{2}/.test(name) || /^v?\d+(?:\.\d+)+/.test(name)) return [];
    const alike = [...made].find(([other]) => shapeOf(other) === shapeOf(name));
    if (
      alike === undefined ||
      told.course.some(({phase, words}) => phase === 'deploy' && words.some(word => word.includes(name)))
    )
      return [];
    const [other, maker] = alike;
    const {line} = doing.command;
    return [
      finding(
        'another-day',
        line,
        `the rollback takes ${name}, and the deploy makes ${other}`,
        [lineText(told, maker.command.line), lineText(told, line)],
        `Write in line ${line} the name that line ${maker.command.line} gives.`,
      ),
    ];
  });
}

/** Names of snapshots and their like, as values of options. */
function valuesWithDigits({words}: Doing): readonly string[] {
  return words.filter(
    (word, at) =>
      /^--[\w-]*(?:snapshot|backup|identifier|archive|name)/.test(words[at - 1] ?? '') && /\d{4,}/.test(word),
  );
}

function shapeOf(name: string): string {
  return name
    .replaceAll(/YYYY(?=\W?MM)|(?<=YYYY\W?)MM|(?<=MM\W?)DD|HH|SS/g, '0')
    .replaceAll(/\d+/g, '0')
    .replaceAll(/0(?:[-_]?0)*/g, '0');
}

/** `docker run app:rollback`, and nothing tags it. */
function noImage(told: Told, deploy: readonly Doing[], doing: Doing): Finding[] {
  if (!/^(?:docker|podman|kubectl|oc|nerdctl)$/.test(doing.words[0] ?? '') || doing.isOptional) return [];
  const images = doing.words
    .slice(1)
    .flatMap(
      word =>
        /^(?:[\w.-]+=)?([\w./-]+:[\w.-]*(?:roll-?back|backup|prev(?:ious)?|old|stable|last)[\w.-]*)$/i.exec(
          word,
        )?.[1] ?? [],
    );
  return images.flatMap((image): Finding[] => {
    if (told.course.some(one => one !== doing && one.phase === 'deploy' && one.words.includes(image))) return [];
    if (deploy.every(({words}) => !/^(?:docker|podman|kubectl|oc|nerdctl|helm)$/.test(words[0] ?? ''))) return [];
    const {line} = doing.command;
    return [
      finding(
        'never-made',
        line,
        `the rollback needs the image ${image}, and no line of the document tags it`,
        [lineText(told, line)],
        `Write before the deploy: docker tag IMAGE-THAT-RUNS ${image}.`,
      ),
    ];
  });
}

function finding(
  kind: Finding['kind'],
  line: number,
  title: string,
  evidence: readonly string[],
  mend: string,
): Finding {
  return {kind, weight: 'risk', line, title, evidence, mend, basis: 'told'};
}
