import {describe, expect, test} from 'vitest';
import type {Kept} from '../../../src/rehearsal/own/stand-ins/stand-in.ts';
import {answerOf} from '../../../src/rehearsal/own/stand-ins/stand-in-answer.ts';

function call(text: string, kept: Kept = {}) {
  const [program = '', ...args] = text.split(' ');
  return answerOf({program, args, kept, versions: {old: 'v1.3.0', new: 'v1.4.0'}, serving: 'old'});
}

describe('a stand-in', () => {
  test('answers with the words of the call, and keeps what it changed', () => {
    const answer = call('kubectl -n shop set image deployment/api api=registry/api:v1.4.0');
    expect(answer).toMatchObject({output: 'deployment/api image updated\n', exit: 0});
    expect(answer?.kept).toEqual({'kubectl image deployment/api': ['api=registry/api:v1.4.0']});
    expect(answer?.deeds).toEqual([{kind: 'serve', version: 'new'}]);
  });

  test('goes back to what was before, also to what was before the deploy', () => {
    const kept = {'kubectl image deployment/api': ['a', 'b']};
    expect(call('kubectl rollout undo deployment/api', kept)?.kept).toEqual({'kubectl image deployment/api': ['a']});
    expect(call('kubectl rollout undo deployment/api', {'kubectl image deployment/api': ['a']})?.kept).toEqual({});
  });

  test('lets the target do what is the target’s', () => {
    expect(call('systemctl restart api.service')?.deeds).toEqual([{kind: 'unit', act: 'restart', name: 'api'}]);
    expect(call('pip install -r requirements.txt')?.deeds).toMatchObject([{kind: 'require', path: 'requirements.txt'}]);
  });

  test('is found behind what only starts it', () => {
    expect(call('npx prisma migrate deploy')?.kept).toEqual({'prisma schema': ['migrated']});
    expect(call('bundle exec rake db:rollback', {'rake schema': ['migrated']})?.kept).toEqual({});
    expect(call('python manage.py migrate booking 0141', {'manage.py schema': ['migrated']})?.kept).toEqual({});
  });

  test('takes another word where the call has none', () => {
    expect(call('docker compose stop')?.kept).toEqual({'docker-compose state all': ['down']});
    expect(call('docker compose stop web')?.kept).toEqual({'docker-compose state web': ['down']});
  });

  test('does not exist for a program that nobody knows', () => {
    expect(call('frobnicate --all')).toBeUndefined();
  });
});
