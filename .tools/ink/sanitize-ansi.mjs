import sanitizeAnsi from '../../node_modules/ink/build/sanitize-ansi.js';
import {remember} from './remember.mjs';

/** Ink cleans every text of the screen in every frame. */
export default remember(sanitizeAnsi);
