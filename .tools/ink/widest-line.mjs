import widestLine from 'widest-line';
import {remember} from './remember.mjs';

/** Ink measures every text of the screen in every frame. */
export default remember(widestLine);
