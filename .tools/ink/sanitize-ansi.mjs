/** Ink's sanitizeAnsi, which cleans every text of the screen in every frame, with its answers remembered. */
import sanitizeAnsi from '../../node_modules/ink/build/sanitize-ansi.js';
import {remember} from './remember.mjs';

export default remember(sanitizeAnsi);
