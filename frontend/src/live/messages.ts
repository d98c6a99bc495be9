export const liveMessages = {
  moved: (who: string, n: number) => (n === 1 ? `${who} moved a card` : `${who} moved ${n} cards`),
  changed: (who: string, n: number) => (n === 1 ? `${who} changed a card` : `${who} changed ${n} cards`),
  both: (who: string, moved: number, changed: number) =>
    `${who} moved ${moved === 1 ? 'a card' : `${moved} cards`} and changed ${changed === 1 ? 'another' : `${changed} others`}`,
  more: (n: number) => (n === 1 ? 'and one other person' : `and ${n} other people`),
  someone: 'Someone',
  noBlocker: 'This blocker is no longer open.',
  noCard: 'This card is no longer on the board.',
};
