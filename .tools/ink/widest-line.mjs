/** widest-line, with which Ink measures every text of the screen in every frame, with its answers remembered. */
import widestLine from 'widest-line';
import {remember} from './remember.mjs';

export default remember(widestLine);
