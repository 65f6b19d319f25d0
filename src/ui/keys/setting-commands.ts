/** Changing a setting in this console, and keeping it for the next ones. */

import type {TimeMode} from '../view/log-view.ts';
import type {SettingName} from '../view/settings.ts';
import {type ConsoleContext, dispatch, say} from './console-context.ts';

export function changeSetting(context: ConsoleContext, name: SettingName, value: string): void {
  const {settings} = context.view.getState();
  const to = {now: {...settings.now, [name]: value}};
  switch (name) {
    case 'theme': {
      const theme = context.settings.theme(value);
      if (typeof theme === 'string') return say(context, theme, 'bad');
      dispatch(context, {type: 'settings', to: {...to, theme}});
      context.terminal.setPage(theme.page);
      break;
    }
    case 'times':
      dispatch(context, {type: 'times', mode: value as TimeMode});
      dispatch(context, {type: 'settings', to});
      break;
    case 'mouse':
      dispatch(context, {type: 'settings', to});
      context.terminal.setMouse(value === 'on');
      break;
    default:
      dispatch(context, {type: 'settings', to});
  }
  say(context, `${name} ${value}; "keep" in the palette (:) makes it last`);
}

export async function keepSetting(context: ConsoleContext, name: SettingName, value: string): Promise<void> {
  const {kept, problem} = await context.settings.keep(name, value);
  if (problem !== undefined) return say(context, problem, 'bad');
  dispatch(context, {type: 'settings', to: {kept: {...context.view.getState().settings.kept, [name]: value}}});
  say(context, `${name} ${value} is kept in ${kept}`, 'good');
}

export function toggleMouse(context: ConsoleContext): void {
  const {mouse} = context.view.getState().settings.now;
  changeSetting(context, 'mouse', mouse === 'on' ? 'off' : 'on');
}
