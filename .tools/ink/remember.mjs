/** A function that keeps its newest answers. */
/** What `of` answered, for the texts asked about last: a picture asks about nearly the same rows as the one before. */
export function remember(of, most = 1000) {
  let answers = new Map();
  let before = new Map();
  return text => {
    let answer = answers.get(text);
    if (answer !== undefined) return answer;
    answer = before.get(text) ?? of(text);
    if (answers.size >= most) {
      before = answers;
      answers = new Map();
    }
    answers.set(text, answer);
    return answer;
  };
}
