import {expect, test} from 'vitest';
import {notRead} from '../../helpers/doubts.ts';
import {type FakeSession, readiness, sentTypes} from '../../helpers/fake-session.ts';
import type {Screen, ScreenOptions} from '../../helpers/screen.ts';
import {show} from '../../helpers/show-session.ts';
import {BACK, CHECKLIST, ENTER, LATER_MS, planOf, press, sectionNamed, unreviewed} from './review-session.ts';

async function review(session: FakeSession, options: ScreenOptions = {}): Promise<Screen> {
  const screen = await show(session, options);
  await press(session, screen, 'o');
  return screen;
}

const confirmed = (session: FakeSession) => Object.keys(session.run.getState().review?.confirmed ?? {});

test('the header says that nobody has confirmed the reading, and how much is asked', async () => {
  const screen = await show(unreviewed());
  const [header = ''] = await screen.rows();
  expect(header).toContain('READ BY T-MINUS, NOT YET BY YOU · 1 question');
  expect(header).toContain('ROLLBACK NOT CONFIRMED');
  await screen.resize(62, 24);
  const rows = await screen.rows();
  expect(rows.slice(0, 2).join('\n')).toContain('NOT REVIEWED · 1 question');
  expect(rows.at(-1)).toContain('o review');
});

test('once a part is confirmed the header says how much, and no message follows into the other screen', async () => {
  const session = unreviewed();
  const screen = await review(session);
  await press(session, screen, ENTER);
  expect((await screen.rows())[0]).toContain('READ BY T-MINUS, 1 OF 5 BY YOU · 4 sections');
  await press(session, screen, 'u');
  expect((await screen.rows()).at(-1)).toContain('taken back: Deployment');
  await press(session, screen, BACK);
  expect((await screen.rows()).at(-1)).not.toContain('taken back');
});

test('a local command says in which directory it would run', async () => {
  const session = unreviewed();
  session.run.setState(state => ({...state, run: {...state.run, directory: '/home/ana/shop'}}));
  const screen = await review(session);
  expect(await screen.text()).toContain('this machine · /home/ana/shop');
});

test('what the rollback lacks leaves room to say that the rest is not confirmed', async () => {
  const session = unreviewed();
  session.tell(readiness(false));
  const screen = await review(session, {columns: 80, rows: 24});
  await press(session, screen, ':', 'roll', ENTER, ENTER);
  const header = (await screen.rows()).slice(0, 2).join('\n');
  expect(header).toContain('ROLLBACK NOT READY: tag v1.0');
  expect(header).toContain('REVIEWED 1 OF 5');
});

/** Two questions in the same words, in two sections. */
function twoAlike(): FakeSession {
  const plan = planOf(CHECKLIST);
  const [first] = plan.proposal?.doubts ?? [];
  if (first === undefined) throw new Error('no doubt');
  const ask = (line: number, title: string) => ({
    ...first,
    id: `place-assumed:${line}`,
    code: 'place-assumed' as const,
    line,
    message: `nothing says where line ${line} runs`,
    section: plan.sections.find(each => each.title === title)?.id ?? '',
  });
  const doubts = [ask(4, 'Preparation'), ask(9, 'Check the build')];
  return unreviewed({...plan, proposal: {readings: plan.proposal?.readings ?? [], doubts}});
}

const settled = (session: FakeSession) => Object.keys(session.run.getState().review?.settled ?? {});

test('an answer is for the line on the screen, and for no line that nobody has seen', async () => {
  const session = twoAlike();
  const screen = await review(session);
  const text = await screen.text();
  expect(text).toContain('2 questions left');
  expect(text).toContain('one question here, line 4');
  expect(text).toMatch(/Y +see one other line that asks the same|Y +see 1 other line that asks the same/);
  await press(session, screen, 'y');
  expect(settled(session)).toEqual(['place-assumed:4']);
  expect(await screen.text()).toContain('1 question left');
});

test('Y lists every line that asks the same, and one answer there is for all of them', async () => {
  const session = twoAlike();
  const screen = await review(session);
  await press(session, screen, 'Y');
  const text = await screen.text();
  expect(text).toContain('2 lines that ask the same');
  expect(text).toMatch(/4 +Preparation +- \[ \] Count the orders/);
  expect(text).toMatch(/9 +Check the build +make test/);
  expect(settled(session)).toEqual([]);
  await press(session, screen, BACK, 'Y', 'y');
  expect(settled(session)).toEqual(['place-assumed:4', 'place-assumed:9']);
  expect(confirmed(session)).toEqual([]);
  await press(session, screen, 'u');
  expect(settled(session)).toEqual([]);
});

test('a run from before there was a review says nothing of it', async () => {
  const session = unreviewed();
  session.run.setState(({run: {gated: _, ...run}, ...state}) => ({...state, run}));
  const [header = ''] = await (await show(session)).rows();
  expect(header).not.toContain('NOT YET BY YOU');
  expect(header).not.toContain('NOT CONFIRMED');
});

test('o opens it where the first question is, Esc returns to the console', async () => {
  const session = unreviewed();
  const screen = await review(session);
  const text = await screen.text();
  expect(text).toMatch(/› ◌ +Deployment +this machine +1\?/);
  expect(text).toContain('this machine');
  expect(text).toContain('one of these, the first that is proved:');
  expect(text).toContain('one of 2 alternatives');
  expect(text).toContain('0 of 5 sections confirmed');
  expect(text).toMatch(/›\? +14 │ sudo systemctl restart shop/);
  expect(text).toMatch(/≷ +15 │ # OR/);
  expect(text).toMatch(/↩ +26 │ git checkout v1.0/);
  await press(session, screen, BACK);
  expect(await screen.text()).toContain('1 Checklist');
  expect(session.sent).toEqual([]);
});

test('Enter confirms section after section, the rollback last, and the review stays', async () => {
  const session = unreviewed();
  const screen = await review(session);
  await press(session, screen, ENTER, ENTER, ENTER, ENTER, ENTER);
  expect(confirmed(session).at(0)).toBe(sectionNamed(session, 'Deployment'));
  expect(confirmed(session).at(-1)).toBe(sectionNamed(session, 'Rollback'));
  expect(confirmed(session)).toHaveLength(5);
  expect(await screen.text()).toContain('everything is confirmed · Esc returns');
  await press(session, screen, ENTER, ENTER);
  expect(new Set(sentTypes(session))).toEqual(new Set(['confirm-section']));
  const text = await screen.text();
  expect(text).toContain('5 of 5 sections confirmed');
  expect(text).not.toContain('NOT YET BY YOU');
});

test('a held Enter starts nothing, and confirms nothing grave', async () => {
  const session = unreviewed();
  const screen = await review(session);
  session.clock.at += LATER_MS;
  await screen.type(ENTER.repeat(40));
  expect(session.sent).toHaveLength(1);
  for (let repeat = 0; repeat < 30; repeat++) {
    session.clock.at += 33;
    await screen.type(ENTER);
  }
  await screen.type(BACK);
  for (let repeat = 0; repeat < 10; repeat++) {
    session.clock.at += 150;
    await screen.type(ENTER);
  }
  expect(sentTypes(session).every(type => type === 'confirm-section')).toBe(true);
  expect(confirmed(session)).not.toContain(sectionNamed(session, 'Rollback'));
  expect(confirmed(session)).not.toContain(sectionNamed(session, 'Deploy the worker'));
  await press(session, screen, ENTER);
  expect(await screen.text()).toMatch(/Not confirmed yet|running/);
});

test('what destroys and the rollback are confirmed by an Enter of their own', async () => {
  const session = unreviewed();
  const screen = await review(session);
  await press(session, screen, 'G');
  session.clock.at += 50;
  await screen.type(ENTER);
  expect(session.sent).toEqual([]);
  expect(await screen.text()).toContain('look at it first');
  await press(session, screen, ENTER);
  expect(confirmed(session)).toEqual([sectionNamed(session, 'Rollback')]);
});

test('Enter takes one question at a time, and only what is on the screen', async () => {
  const plan = planOf(CHECKLIST);
  const section = plan.sections.find(({title}) => title === 'Check the build')?.id ?? '';
  const ask = (line: number, message: string) => ({
    ...{id: `place-assumed:${line}`, code: 'place-assumed' as const, line, section, message, proposed: 'here'},
    ...{because: 'nothing says where', settle: 'confirm it', steps: []},
  });
  const doubts = [ask(9, 'is it built here?'), ask(10, 'with which tools?')];
  const session = unreviewed({...plan, proposal: {readings: plan.proposal?.readings ?? [], doubts}});
  const screen = await review(session);
  const settled = () => Object.keys(session.run.getState().review?.settled ?? {});
  expect(await screen.text()).toContain('question 1 of 2');
  await press(session, screen, ENTER);
  expect(settled()).toEqual(['place-assumed:9']);
  expect(confirmed(session)).toEqual([]);
  const text = await screen.text();
  expect(text).toContain('line 9: answered · 1 question left here');
  expect(text).toContain('with which tools?');
  await press(session, screen, 'u');
  expect(settled()).toEqual([]);
  await press(session, screen, ENTER, ENTER);
  expect(confirmed(session)).toEqual([section]);

  const narrow = unreviewed();
  const one = await review(narrow, {columns: 80, rows: 24});
  await press(narrow, one, '\t', ENTER);
  expect(await one.text()).toContain('these commands would run, and this is asked: Enter again confirms it');
  expect(narrow.sent).toEqual([]);
  await press(narrow, one, ENTER);
  expect(confirmed(narrow)).toHaveLength(1);
});

test('Enter brings up what is still below before it confirms', async () => {
  const commands = Array.from({length: 60}, (_, index) => `make part-${index + 1}`).join('\n');
  const session = unreviewed(planOf(`# Deploy\n\n## Deployment\n\`\`\`bash\n${commands}\n\`\`\`\n`));
  const screen = await review(session, {columns: 110, rows: 35});
  await press(session, screen, ENTER);
  expect(await screen.text()).toContain('there was more below: Enter again when you have read it');
  expect(session.sent).toEqual([]);
  let presses = 1;
  for (; session.sent.length === 0 && presses < 20; presses += 1) await press(session, screen, ENTER);
  expect(presses).toBeGreaterThan(3);
  expect(confirmed(session)).toEqual([sectionNamed(session, 'Deployment')]);
});

test('keys change the use, and that opens a confirmed section again', async () => {
  const session = unreviewed();
  const screen = await review(session);
  await press(session, screen, 'g', ENTER, 'g', 'w');
  const preparation = sectionNamed(session, 'Preparation');
  expect(session.run.getState().review?.uses).toEqual({[preparation]: 'watch'});
  expect(confirmed(session)).toEqual([]);
  await press(session, screen, 'n');
  expect(confirmed(session)).toEqual([preparation]);
  await press(session, screen, 'w');
  expect(session.run.getState().review?.uses).toEqual({[preparation]: 'watch'});
  const text = await screen.text();
  expect(text).toMatch(/↻ +Preparation +watch · this/);
  expect(text).toContain('open again: it is for watch now');
});

test('o takes one of the ways that stand beside each other', async () => {
  const text = `# Upgrade

## Automated upgrade
\`\`\`bash
./auto.sh
\`\`\`

## Manual upgrade
### Stop
\`\`\`bash
./stop.sh
\`\`\`
`;
  const session = unreviewed(planOf(text));
  const screen = await review(session);
  await press(session, screen, 'g', 'J', 'o');
  expect(session.sent).toEqual([]);
  expect(await screen.text()).toContain(
    'o again takes only "Manual upgrade"; then these do not run: Automated upgrade',
  );
  await press(session, screen, 'o');
  const [automated, manual, stop] = ['Automated upgrade', 'Manual upgrade', 'Stop'].map(each =>
    sectionNamed(session, each),
  );
  expect(session.run.getState().review?.uses).toEqual({
    [automated ?? '']: 'other',
    [manual ?? '']: 'run',
    [stop ?? '']: 'run',
  });
  expect(await screen.text()).toContain('is taken, 1 section beside it is not');
});

test('u takes the last confirmation back', async () => {
  const session = unreviewed();
  const screen = await review(session);
  await press(session, screen, ENTER, ENTER, 'u');
  expect(confirmed(session)).toEqual([sectionNamed(session, 'Deployment')]);
  expect(await screen.text()).toMatch(/› ↻ +Preparation/);
  await press(session, screen, 'u', 'u');
  expect(confirmed(session)).toEqual([]);
  expect(await screen.text()).toContain('nothing was confirmed here, so nothing can be taken back');
});

test('A confirms what asks nothing, but what is grave only after it was on the screen', async () => {
  const session = unreviewed();
  const screen = await review(session);
  await press(session, screen, 'A');
  const clear = ['Preparation', 'Check the build'].map(title => sectionNamed(session, title));
  expect(confirmed(session)).toEqual(clear);
  expect(await screen.text()).toMatch(/› ◌ +Deployment/);
  expect(await screen.text()).toContain('look first at all commands of: Deploy the worker, Rollback');
  await press(session, screen, 'J', 'A');
  expect(confirmed(session)).toEqual([...clear, sectionNamed(session, 'Deploy the worker')]);
  await press(session, screen, 'u', 'u');
  expect(confirmed(session)).toEqual([]);
});

test('A confirms what changes files or data in place only after it was on the screen, too', async () => {
  const changing = [
    ['Deploy the settings', "sed -i 's/old/new/' /srv/shop/app.conf"],
    ['Deploy the hosts file', 'echo "10.0.0.5 db" | sudo tee -a /etc/hosts'],
    ['Deploy the schema', 'alembic upgrade head'],
    ['Deploy the rows', 'psql shop -c "UPDATE orders SET state = 1"'],
    ['Deploy the service', 'curl -fsS -X PUT http://shop.test/mode/new'],
  ] as const;
  const all = [['Deploy the shop', 'make restart'], ...changing];
  const text = all.map(([title, command]) => `## ${title}\n\`\`\`bash\n${command}\n\`\`\``);
  const session = unreviewed(planOf(['# Shop deploy', ...text, ''].join('\n\n')));
  for (const doubt of session.plan.proposal?.doubts ?? [])
    session.tell({type: 'doubt-settled', doubtId: doubt.id, how: 'seen'});
  const screen = await review(session);
  await press(session, screen, 'A');
  expect(confirmed(session)).toEqual([sectionNamed(session, 'Deploy the shop')]);
  expect(await screen.text()).toContain('look first at all commands of: Deploy the settings');
  expect(await screen.text()).toMatch(/changes files in place: .*\n.* \/srv\/shop\/app\.conf/);
  await press(session, screen, 'A');
  expect(confirmed(session)).toEqual(
    ['Deploy the shop', 'Deploy the settings'].map(title => sectionNamed(session, title)),
  );
});

test('y, h and m answer the question that is on the screen', async () => {
  for (const [key, as] of [
    ['y', undefined],
    ['h', 'by-hand'],
    ['m', 'ignored'],
  ] as const) {
    const session = unreviewed();
    const screen = await review(session);
    await press(session, screen, key);
    const [answer] = Object.values(session.run.getState().review?.settled ?? {});
    expect(answer?.as).toBe(as);
    const text = await screen.text();
    expect(text).toContain('no questions');
    if (key === 'h') expect(text).toMatch(/by hand: /);
    if (key === 'm') expect(text).toMatch(/left out: /);
  }
});

test('a section with a doubt that has no proposal is not confirmed by Enter', async () => {
  const plan = planOf('# Deploy\n\n## Deployment\n```bash\nmake deploy\n```\n');
  const [section] = plan.sections.filter(({title}) => title === 'Deployment');
  const proposal = {readings: plan.proposal?.readings ?? [], doubts: [notRead(4, section?.id)]};
  const session = unreviewed({...plan, proposal});
  const screen = await review(session);
  await press(session, screen, ENTER);
  expect(await screen.text()).toContain('refused: answer line 4 first');
  expect(confirmed(session)).toEqual([]);
  await press(session, screen, 'y', ENTER);
  expect(session.run.getState().review?.settled['not-read:4']?.how).toBe('I have looked at it');
  expect(confirmed(session)).toEqual([section?.id]);
});

test.each([
  [[], 'I have looked at it: nothing runs'],
  [['L6'], 'I have looked at it: it is right'],
] as const)('an answer without a proposal says what becomes of the line: %j', async (steps, words) => {
  const plan = planOf('# Deploy\n\n## Deployment\n\n```bash\nmake deploy\n```\n');
  const [section] = plan.sections.filter(({title}) => title === 'Deployment');
  const proposal = {readings: plan.proposal?.readings ?? [], doubts: [{...notRead(6, section?.id), steps}]};
  const text = await (await review(unreviewed({...plan, proposal}))).text();
  expect(text.replaceAll(/[│\s]+/g, ' ')).toContain(words);
});

test('an observer sees all of it and changes nothing', async () => {
  const session = unreviewed();
  session.tell({type: 'baton-passed', to: null});
  const screen = await review(session);
  const before = session.run.getState().review;
  await press(session, screen, ENTER);
  const text = await screen.text();
  expect(text).toContain('refused:');
  expect(text).toContain('one of 2 alternatives');
  await press(session, screen, 'n', 'y', 'A');
  expect(session.run.getState().review).toBe(before);
});

test('R is R in the review too', async () => {
  const session = unreviewed();
  const screen = await review(session);
  await press(session, screen, 'R');
  expect(sentTypes(session)).toEqual(['roll-back']);
  const text = await screen.text();
  expect(text).toContain('NOT CONFIRMED section "Rollback"');
  expect(text).toContain('git checkout v1.0');
  expect(text).toContain('f force it, with a reason');
  await screen.type(BACK);
  expect(await screen.text()).toContain('What would run');
  await press(session, screen, 'R');
  await screen.type('f');
  expect(await screen.text()).toContain('Roll back all the same: why?');
});

test('R is a letter in a search, and Ctrl-R rolls back there', async () => {
  const session = unreviewed();
  const screen = await review(session);
  await press(session, screen, '/', 'wR');
  expect(session.sent).toEqual([]);
  expect((await screen.rows()).at(-1)).toContain('/wR');
  await press(session, screen, '\u0012');
  expect(sentTypes(session)).toEqual(['roll-back']);
});

test('a text that is pasted is searched, and is no keys', async () => {
  const session = unreviewed();
  const screen = await review(session);
  await press(session, screen, '/', '\u001B[200~supervisorctl yA\u001B[201~');
  expect((await screen.rows()).at(-1)).toContain('/supervisorctl yA');
  expect(session.sent).toEqual([]);
  await press(session, screen, BACK, '/', 'supervisorctl', ENTER);
  expect(await screen.text()).toMatch(/›\$ +16 │ sudo supervisorctl/);
  expect(session.sent).toEqual([]);
});

test('u takes back one answer, one use and one confirmation at a time, and comes back to where it was', async () => {
  const session = twoAlike();
  const screen = await review(session);
  await press(session, screen, 'y', 'G', 'w', 'g', ENTER);
  const [preparation, rollback] = [sectionNamed(session, 'Preparation'), sectionNamed(session, 'Rollback')];
  expect(confirmed(session)).toEqual([preparation]);
  await press(session, screen, 'u');
  expect(confirmed(session)).toEqual([]);
  expect(settled(session)).toEqual(['place-assumed:4']);
  await press(session, screen, 'u');
  expect(session.run.getState().review?.uses).toEqual({[rollback]: 'rollback'});
  expect(await screen.text()).toMatch(/› ◌ +Rollback/);
  await press(session, screen, 'u');
  expect(settled(session)).toEqual([]);
  expect(await screen.text()).toMatch(/›\? +4 │/);
});

test('in a run p keeps the place for the next one, and this run neither asks nor runs it', async () => {
  const session = unreviewed(planOf(CHECKLIST.replace('make test', 'ssh ops@web\nmake test')));
  const screen = await review(session);
  await press(session, screen, ':', 'prep', ENTER, 'p', 'web', ENTER);
  const preparation = sectionNamed(session, 'Preparation');
  expect(session.sent.at(-1)).toEqual({type: 'set-place', sectionId: preparation, place: 'ops@web'});
  const text = await screen.text();
  expect(text).toContain('"Preparation" runs on ops@web in the next run; this one does not run it');
  expect(text).toMatch(/↻ +Preparation +next run: ops@web/);
  expect(text).toContain('set for the next run');
  await press(session, screen, 'u');
  expect(await screen.text()).toMatch(/↻ +Preparation +this machine/);
});

test('leaving the review and opening it again keeps the line', async () => {
  const session = unreviewed();
  const screen = await review(session);
  await press(session, screen, ENTER, ':', '22', ENTER, BACK, 'o');
  expect(await screen.text()).toMatch(/› +22 │/);
});
