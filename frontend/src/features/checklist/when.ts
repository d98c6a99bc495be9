// What of an answer says that those which hang on it are not asked: as the server reads it, in its when.go, and both read
// the cases of server/checklist/testdata/none.json.

const NONE = 'none';

/** What people write for none. A bare "no" is none of them: it says so only where it is all of the answer. */
const NOTHINGS = new Set([
  NONE,
  'none at all',
  'none new',
  'nothing',
  'nothing new',
  'nothing at all',
  'nothing here',
  'nothing new here',
  'nothing is new',
  'nothing new to us',
  'n/a',
  'n.a',
  'not applicable',
  'does not apply',
  'nichts',
  'nichts neues',
]);
const END = /[.!;]+(?:\s+|$)|\n/;
const CLAUSE = /\s*(?:[,:]|\s[-–—]+\s)\s*/;
/** What takes a first sentence back, or adds to it. */
const BUT =
  /(?:^|\P{L})(?:but|except|excepting|only|however|though|although|yet|apart|besides|beside|save|unless|other|others|also|plus|new|aber|außer|ausser|nur|jedoch|neu\p{L}*)(?:$|\P{L})/iu;

function firstOf(text: string): [first: string, rest: string] {
  const whole = text.trim();
  const end = END.exec(whole);
  return end ? [whole.slice(0, end.index), whole.slice(end.index + end[0].length).trim()] : [whole, ''];
}

const wordOf = (text: string): string => {
  const word = firstOf(text)[0]
    .replace(/^[\s.!*_"'“”‘’„]+|[\s.!*_"'“”‘’„]+$/g, '')
    .toLowerCase();
  return word.length > 80 ? '' : word;
};

function isNothing(sentence: string): boolean {
  if (NOTHINGS.has(sentence)) return true;
  const said = sentence.split(CLAUSE);
  return said.length > 1 && said.every((c) => c === 'no' || NOTHINGS.has(c));
}

function saidBy(text: string): string {
  const word = wordOf(text);
  if (!isNothing(word) && word !== 'no') return word;
  const rest = firstOf(text)[1];
  if (BUT.test(rest)) return '';
  return word === 'no' && rest ? word : NONE;
}

/** With this answer those that hang on it are not asked. */
export function spares(when: { not: string }, text: string): boolean {
  const not = wordOf(when.not);
  const said = saidBy(text);
  return said === not || (said === NONE && (isNothing(not) || not === 'no'));
}
