// Reads {zone, sets: {name: [[start, finish], …]}} (epoch milliseconds or null) and counts again, by other means than the
// Go package: days by the Intl calendar of the zone, percentiles by trying every value. Prints one answer per set.
import { readFileSync } from 'node:fs';

const { zone, sets } = JSON.parse(readFileSync(0, 'utf8'));
const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
const date = (ms) => format.format(new Date(ms));
const day = (ms) => Date.parse(`${date(ms)}T00:00:00Z`) / 86_400_000;
const answers = {};
for (const [name, items] of Object.entries(sets)) {
  const times = [];
  const throughput = {};
  let excluded = 0;
  for (const [from, to] of items) {
    if (to === null) continue;
    throughput[date(to)] = (throughput[date(to)] ?? 0) + 1;
    if (from === null || day(to) < day(from)) excluded += 1;
    else times.push(day(to) - day(from) + 1);
  }
  const values = [...new Set(times)];
  const covering = (p) => values.filter((x) => times.filter((y) => y <= x).length * 100 >= p * times.length);
  answers[name] = { n: times.length, excluded, p: [50, 70, 85, 95].map((p) => (times.length ? Math.min(...covering(p)) : 0)), throughput };
}
console.log(JSON.stringify(answers));
