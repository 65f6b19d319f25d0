/** Recognises titles that name one of several ways: "Option A", "Path 2". */
import {phrase} from './vocabulary.ts';

const OPTION = phrase`^(?:[\d.]+\s+)?${'option'}\s+(?:\d+|[A-Z]|[IV]{1,3})\>`;

/** "Option A", "Path 2: …", "Opción B". */
export function isOptionTitle(title: string): boolean {
  return OPTION.test(title);
}
