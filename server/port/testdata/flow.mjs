// Reads {zone, columns, start, finish, today, transitions} from a board's own export and counts flow again, sharing nothing
// with the program: entries in order, days by the Intl calendar of the zone. Prints one line of JSON.
import { readFileSync } from 'node:fs';

const { zone, columns, start, finish, incomplete, transitions } = JSON.parse(readFileSync(0, 'utf8'));
const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
const number = (date) => Date.parse(`${date}T00:00:00Z`) / 86_400_000;
const place = Object.fromEntries(columns.map((name, i) => [name, i]));

function lines(text) {
  const out = [[]];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (quoted) {
      if (c === '"' && text[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else if (c === '"') quoted = false;
      else cell += c;
    } else if (c === '"') quoted = true;
    else if (c === ',' || c === '\n') {
      out.at(-1).push(cell);
      cell = '';
      if (c === '\n') out.push([]);
    } else if (c !== '\r') cell += c;
  }
  return out.filter((l) => l.length > 1);
}

const [head, ...rows] = lines(transitions);
const cards = {};
for (const row of rows) {
  const move = Object.fromEntries(head.map((name, i) => [name, row[i]]));
  if (move.voidedAt) continue;
  cards[move.key] ??= [];
  cards[move.key].push(move);
}
const cycle = {};
const throughput = {};
let inProgress = 0;
for (const [key, moves] of Object.entries(cards)) {
  let began;
  let ended;
  let here = true;
  for (const m of moves.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    if (m.to === '') {
      here = false;
      continue;
    }
    here = true;
    const at = place[m.to.replace(/^'/, '')];
    if (at === undefined) throw new Error(`no column ${m.to}`);
    if (at >= finish) ended ??= m.at;
    else {
      ended = undefined;
      if (at >= start) began ??= m.at;
    }
  }
  if (began && !ended && here) inProgress += 1;
  if (!ended) continue;
  const last = format.format(new Date(ended));
  throughput[last] = (throughput[last] ?? 0) + 1;
  if (began && !incomplete.includes(key)) cycle[key] = number(last) - number(format.format(new Date(began))) + 1;
}
console.log(JSON.stringify({ cycle, throughput, inProgress }));
