/** The target of a box while it is played: answers the programs that are played, and tells how everything stands. */
import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {quoteForShell as quote} from '../../../plan/script.ts';
import type {UnitNeed} from '../needs.ts';
import type {Answer, Kept} from '../stand-ins/stand-in.ts';
import {answerOf} from '../stand-ins/stand-in-answer.ts';
import type {TargetFact} from '../target-state.ts';
import {type BoxPlan, LOCAL} from './box-plan.ts';
import type {Called, Told} from './broker.ts';
import {answerDatabaseTool} from './database-tools.ts';
import {factsText, fingerprintText, readFacts} from './facts.ts';
import type {OpenHost} from './host.ts';
import type {Service} from './service.ts';

export type Target = {
  answer(called: Called): Promise<Told>;
  state(): Promise<readonly TargetFact[]>;
};

type Unit = {host: string; name: string; isRunning: boolean; starts: number};

/** What belongs to no host: whoever asks from wherever sees the same. */
const SHARED =
  /^(?:kubectl|oc|helm|helmfile|kustomize|argocd|flux|terraform|tofu|pulumi|aws|gcloud|gsutil|az|doctl|heroku|fly|flyctl|vercel|netlify|wrangler|gh|glab|eksctl|nomad|consul|vault)$/;
const TAKES_MS_MAX = 3000;
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;
/** A host on which nothing can be started any more is not waited for. */
const WITHIN_MS = 10_000;
const NOT_RUNNING = 3;

/** `rows`: what the databases hold. Resolves when it knows how the hosts stood before anything was played. */
export async function openTarget(
  plan: BoxPlan,
  hosts: readonly OpenHost[],
  service: Service,
  rows: () => Promise<readonly TargetFact[]>,
): Promise<Target> {
  const code = new RunCode(plan, hosts);
  await code.begin();
  const units = new Units(plan, service, code);
  const kept = new Map<string, Kept>();
  return {
    async answer({host, program, args}) {
      const told = await answerDatabaseTool(program, args);
      if (told !== undefined) return {text: told, takesMs: 0, usualMs: 0};
      const place = SHARED.test(program) ? '' : host;
      const serving = lastServed(service);
      const call = {program, args, kept: kept.get(place) ?? {}, versions: plan.needs.versions, serving};
      const answer = answerOf(call);
      if (answer === undefined) {
        // What follows it can be played all the same: that it was not run is told by name.
        const said = `${program}: T-Minus has no stand-in for it; in a rehearsal it does not run, and counts as done`;
        return {text: `echo ${quote(said)} >&2`, takesMs: 0, usualMs: 0};
      }
      kept.set(place, answer.kept);
      const takesMs = Math.min(answer.takesMs / plan.faster, TAKES_MS_MAX);
      const text = await toldText(host, answer, {units, service, code});
      return {text, takesMs, usualMs: answer.takesMs};
    },
    async state() {
      const perHost = await Promise.all(hosts.map(open => factsOn(plan, open)));
      const placeOf = (hostname: string) => hosts.find(({host}) => host.hostname === hostname)?.host.places[0] ?? LOCAL;
      return [
        ...perHost.flat(),
        ...units.facts(placeOf),
        ...[...kept].flatMap(([hostname, values]) => keptFacts(placeOf(hostname), values)),
        ...plan.needs.services.map(({url}): TargetFact => {
          return {place: LOCAL, kind: 'service', name: url, value: service.version()};
        }),
        ...(await rows()),
      ];
    },
  };
}

/** Which version the code is that a host runs when its units are started again. */
class RunCode {
  readonly #first = new Map<string, string>();

  readonly #plan: BoxPlan;
  readonly #hosts: readonly OpenHost[];

  constructor(plan: BoxPlan, hosts: readonly OpenHost[]) {
    this.#plan = plan;
    this.#hosts = hosts;
  }

  async begin(): Promise<void> {
    for (const open of this.#hosts) this.#first.set(open.host.hostname, await this.#fingerprint(open));
  }

  async versionOn(hostname: string): Promise<'old' | 'new'> {
    const open = this.#hosts.find(({host}) => host.hostname === hostname);
    return open !== undefined && (await this.#fingerprint(open)) !== this.#first.get(hostname) ? 'new' : 'old';
  }

  async #fingerprint(open: OpenHost): Promise<string> {
    const own = this.#plan.needs.places.filter(({name}) => open.host.places.includes(name));
    return (await runOn(open, fingerprintText(own))).trim();
  }
}

/** Units that start and stop. The service is down while none of those runs that ran before. */
class Units {
  readonly #units: Unit[];

  readonly #service: Service;
  readonly #code: RunCode;

  constructor(plan: BoxPlan, service: Service, code: RunCode) {
    this.#units = unitsOf(plan);
    this.#service = service;
    this.#code = code;
  }

  /** Shell text for whoever asked for it. */
  async act(hostname: string, {act: verb, name}: Extract<Answer['deeds'][number], {kind: 'unit'}>): Promise<string> {
    const unit = unitOf(this.#units, hostname, name);
    if (verb === 'is-active') return unit.isRunning ? 'echo active' : `echo inactive; exit ${NOT_RUNNING}`;
    if (verb === 'status') return statusText(unit);
    if (verb === 'reload') {
      return unit.isRunning ? ':' : `echo ${quote(`${name}.service is not active, cannot reload.`)} >&2; exit 1`;
    }
    unit.isRunning = verb !== 'stop';
    if (unit.isRunning) unit.starts += 1;
    const isDown = !this.#units.some(one => one.isRunning);
    if (isDown) this.#service.serve('down');
    else this.#service.serve(verb === 'stop' ? lastServed(this.#service) : await this.#code.versionOn(hostname));
    return ':';
  }

  facts(placeOf: (hostname: string) => string): TargetFact[] {
    return this.#units.map(({host, name, isRunning, starts}) => {
      return {place: placeOf(host), kind: 'unit', name, value: isRunning ? `running ${starts}` : 'stopped'};
    });
  }
}

async function toldText(
  hostname: string,
  {deeds, output, exit}: Answer,
  {units, service, code}: {units: Units; service: Service; code: RunCode},
): Promise<string> {
  const lines: string[] = [];
  for (const deed of deeds) {
    if (deed.kind === 'unit') lines.push(await units.act(hostname, deed));
    else if (deed.kind !== 'serve') lines.push(deedText(deed));
    else service.serve(deed.version === 'here' ? await code.versionOn(hostname) : deed.version);
  }
  if (output !== '') lines.push(`printf '%s' ${quote(output)}${exit === 0 ? '' : ' >&2'}`);
  return `${lines.join('\n')}\nexit ${exit}`;
}

function lastServed(service: Service): 'old' | 'new' {
  return service.version() === 'new' ? 'new' : 'old';
}

function unitsOf({needs, hosts}: BoxPlan): Unit[] {
  return needs.places.flatMap(({name: place, units}) => {
    const host = hosts.find(({places}) => places.includes(place))?.hostname ?? '';
    return units.map(({name, before}: UnitNeed): Unit => {
      const isRunning = before === 'running';
      return {host, name, isRunning, starts: isRunning ? 1 : 0};
    });
  });
}

/** One that only a script names is there as well. */
function unitOf(units: Unit[], host: string, name: string): Unit {
  const found = units.find(unit => unit.host === host && unit.name === name);
  if (found !== undefined) return found;
  const unit = {host, name, isRunning: true, starts: 1};
  units.push(unit);
  return unit;
}

function statusText({name, isRunning}: Unit): string {
  const state = isRunning ? 'active (running)' : 'inactive (dead)';
  const text = `● ${name}.service - ${name}\n     Loaded: loaded (/etc/systemd/system/${name}.service; enabled)\n     Active: ${state}\n`;
  return `printf '%s' ${quote(text)}; exit ${isRunning ? 0 : NOT_RUNNING}`;
}

function deedText(deed: Exclude<Answer['deeds'][number], {kind: 'unit' | 'serve'}>): string {
  const path = quote(deed.path);
  switch (deed.kind) {
    case 'require':
      return `[ -e ${path} ] || { printf '%s\\n' ${quote(deed.missing)} >&2; exit 1; }`;
    case 'directory':
      return `mkdir -p ${path}`;
    case 'file': {
      const folder = `mkdir -p "$(dirname ${path})"`;
      const text = `printf '%s' ${quote(deed.text ?? '')}`;
      if (deed.act === 'delete') return `rm -rf ${path}`;
      if (deed.act === 'append') return `${folder} && ${text} >>${path}`;
      return `[ -e ${path} ] || { ${folder} && ${text} >${path}; }`;
    }
  }
}

function keptFacts(place: string, kept: Kept): TargetFact[] {
  return Object.entries(kept).map(([name, values]) => ({place, kind: 'stand-in', name, value: values.at(-1) ?? ''}));
}

async function factsOn({needs}: BoxPlan, open: OpenHost): Promise<TargetFact[]> {
  const [place = ''] = open.host.places;
  const repositories = needs.places
    .filter(({name}) => open.host.places.includes(name))
    .flatMap(one => one.repositories.map(({path}) => path));
  return readFacts(place, await runOn(open, factsText(repositories)));
}

/** A host on which nothing can be started any more tells nothing. */
async function runOn({enter}: OpenHost, text: string): Promise<string> {
  const [program = '', ...args] = [...enter, 'bash', '-c', text];
  const run = promisify(execFile);
  return await run(program, args, {cwd: '/', maxBuffer: OUTPUT_BYTES_MAX, timeout: WITHIN_MS, encoding: 'utf8'}).then(
    ({stdout}) => stdout,
    () => '',
  );
}
