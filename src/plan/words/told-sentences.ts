/** Sentences that tell something and ask for nothing: "People without access build it on the host". */
import {WORD_END} from './letters.ts';

/** Words with which a sentence begins that has a subject, and so is no order. */
const SUBJECT = new RegExp(
  String.raw`^\W*(?:(?:the|an?|this|that|these|those|it|they|there|people|any(?:one|body)|every(?:one|body)|some(?:one|body)?|nobody|most|many|few|both|all|our|your|my|their|its|we|you|i|one|once|man|wir|es|das|die|der|se|podemos|tambi[ée]n|antes)|\p{L}+ (?:that|who|which|whose)|\p{L}{2,}ing)${WORD_END}`,
  'iu',
);

/** Verbs and adverbs of telling: what may, can or used to be. What must be is an order all the same. */
const TELLS = new RegExp(
  String.raw`(?<!\p{L})(?:is|are|was|were|has|have|had|can|could|may|might|would|did|used to|normally|usually|often|sometimes|prefers?|kann|k[öo]nn(?:en|te)|wurden?|war(?:en)?|looks|means|prints|outputs|returns|shows|hatten?|haben|hat|fr[üu]her|damals|formerly|previously|l[äa]sst|darf|d[üu]rfen|puede[ns]?|podemos|pod[íi]a|sol[íi]a|suele)${WORD_END}`,
  'iu',
);

/** "It is now stopped", "We have to wait": told in the order in which it is done, so that it is done. */
const IN_ORDER = new RegExp(
  String.raw`(?<!\p{L})(?:now|then|next|first|have to|has to|need(?:s)? to|must|should|jetzt|nun|dann|ahora|luego)${WORD_END}`,
  'iu',
);

/** "The image is built with the tag": how many who write in another language than their own say what is done. */
const IS_DONE =
  /(?<!\p{L})(?:is|are) (?:\p{L}+ly )?(?!(?:need|want|requir|intend|limit|suppos|deprecat|prohibit|forbidd|brok|oft|allow|not|different)\p{L}*)\p{L}+(?:ed|en|lt|wn|nt|pt|ut|et|ght)(?!\p{L})/iu;

const ORDERS = new Set(
  `add announce apply ask attach back begin bring build bump cd change check choose clean clear click close compare configure
  confirm connect continue copy cordon count create delete deploy detach disable discard do download drain drop dump edit
  enable ensure enter execute export extract fetch fill find finish fix flip flush follow freeze generate get give go
  import increase initiate inspect install invoke issue keep kill launch leave let list load lock log look make mark
  measure merge migrate mount move note notify open package paste pause pick point post prepare press print proceed
  promote publish pull push put read reboot rebuild record refresh reload release remove rename repeat replace
  reset resize restart restore resume retry review roll rotate run save scale see select send set ship show shut sign
  ssh start stop store submit switch sync tag take tail tell terminate test trigger truncate turn type unlock unmount
  unpack update upgrade upload use validate verify visit wait warm watch write`.split(/\s+/),
);

/** Where a sentence or a part of one begins, which may be an order. */
const STARTS = /(?:^|[.!?:;,]\s+|\s(?:and|then|please|now)\s+)\W*(\p{L}+)/giu;

/** "Restart the api:", "First copy the files": it begins with what is to be done. */
export function isOrder(text: string): boolean {
  return [...text.slice(0, TEXT_LENGTH_MAX).matchAll(STARTS)].some(([, word = '']) => ORDERS.has(word.toLowerCase()));
}

/** The words that tell, of a text in which nothing is ordered; undefined of any other. */
export function toldIn(text: string): string | undefined {
  const whole = text.slice(0, TEXT_LENGTH_MAX);
  if (isOrder(whole)) return undefined;
  for (const sentence of whole.split(/(?<=[.!?])\s+/)) {
    if (IN_ORDER.test(sentence) || IS_DONE.test(sentence)) continue;
    const told = (SUBJECT.test(sentence) ? TELLS.exec(sentence) : null) ?? MAY.exec(sentence) ?? ADDS.exec(sentence);
    if (told !== null) return told[0];
  }
  return undefined;
}

const MAY = /(?<!\p{L})(?:you|we|one|man|se) (?:can|may|might|could|kann|puede)(?!\p{L})/iu;
/** "Quickly, with a short outage:" says how or when, and not what. A German order ends with its verb. */
const ADDS = /^[^,:]{3,},\s+(?:\p{L}+\s+)*(?!\p{L}+e[lr]?n\W*$)\p{L}+\W*[:：]\W*$/iu;

const TEXT_LENGTH_MAX = 400;
