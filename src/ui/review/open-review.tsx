/** Shows the review without a run. */
import type {Session} from '../session.ts';
import type {Theme} from '../terminal/theme.ts';

export async function openReview(_: {session: Session; theme: Theme; ascii: boolean; file: string}): Promise<void> {}
