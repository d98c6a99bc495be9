import { defineMessages } from '../../lib/i18n';

/** What a first-time guest needs to know of each ritual: why, how it goes, their own part, and what becomes of it. */
export const t = defineMessages({
  'how.title.walk': 'How walking the board works',
  'how.title.round_robin': 'How a round works',
  'how.title.async': 'How the written standup works',
  'how.title.retro': 'How a retro works',
  'how.title.replenishment': 'How replenishment works',
  'how.title.demo': 'How the demo works',
  'how.title.flow_review': 'How the flow review works',
  'how.title.health': 'How the health check works',
  'how.goes': 'How it goes',
  'how.you': 'Your part',
  'how.after': 'Afterwards',
  'how.done': 'Got it',

  'how.walk.why':
    'Fifteen minutes in front of the board. The work is asked, not the people: what would finish this today?',
  'how.walk.1': 'Ops brief: what happened since last time, who is on call.',
  'how.walk.2':
    'Cards that need somebody, one at a time: expedite, blocked, due soon, too old, columns over their limit. From right to left, because that is nearest to done.',
  'how.walk.3': 'Healthy cards are only a number. Last question: anything that is not on the board?',
  'how.walk.4': 'What takes longer is parked, and talked about in the 16th minute by those whom it concerns.',
  'how.walk.you':
    'Speak when a card concerns you, or say “I help with this”. If something will hurt operations or security, this is the place to say so. Nobody reports what they did.',
  'how.walk.after': 'Notes stand on the cards; the summary goes to the team and to its liaisons.',

  'how.round_robin.why': 'A short round: everybody in turn, with their cards on the screen.',
  'how.round_robin.1': 'Ops brief: what happened since last time, who is on call.',
  'how.round_robin.2':
    'The order is shuffled for each meeting. Whoever is on call and the team’s liaisons are always in it, also when they work elsewhere.',
  'how.round_robin.3':
    'Say what finishes next and where you could use help. Then pass to the next, or to anybody who fits better.',
  'how.round_robin.4': 'After ninety seconds the colour warms. That is all: nobody’s time is kept.',
  'how.round_robin.you':
    'You have your turn like everybody: what operations or security sees coming, and whom you need. No news is a good turn, too.',
  'how.round_robin.after':
    'Helpers, blockers and what was parked stand on the board; the summary goes to the team.',

  'how.async.why': 'A standup in writing, for teams that are not in one place or one time zone.',
  'how.async.1': 'Each is asked at the same hour by their own clock.',
  'how.async.2':
    'The facts are filled in already: what finished, moved or got stuck since last time. Nobody types what the board knows.',
  'how.async.3':
    'Three questions: what finishes next, what could use help, what operations or security should hear. Two lines are plenty.',
  'how.async.4':
    'You may change your answer until the digest is due. Who is late gets one reminder, and no second one.',
  'how.async.you':
    'Answer on Today or on the standup’s page. Everybody who sees the board may read what you write.',
  'how.async.after': 'The digest is a page, and goes to the team’s inbox and chat.',

  'how.retro.why':
    'An hour about how we work together, with whoever was part of it: development, operations, security.',
  'how.retro.1':
    'First the actions of last time: done, kept, or dropped with a reason. Then the facts from the board.',
  'how.retro.2':
    'Everybody writes for themselves. Until the reveal nobody else gets your words, not even an administrator.',
  'how.retro.3':
    'Notes are shown all at once, grouped, voted on; the topics with most votes are talked about.',
  'how.retro.4': 'At most three actions, each with an owner, a day, and how we will know that it helped.',
  'how.retro.you':
    'Write what you saw from where you stand; guests see what a team no longer sees. The heading says whether notes carry names. Everyone did the best they could with what they knew then.',
  'how.retro.after':
    'Each action is a card on the board and comes back first next time. The summary goes to the team.',

  'how.replenishment.why':
    'What do we begin next? Decided together, and only for as many cards as there is room for.',
  'how.replenishment.1': 'The limits say how many places are free. More is not begun.',
  'how.replenishment.2': 'Cards in Ready are put in order: by class of service, by date, by who asks.',
  'how.replenishment.3':
    'Every discipline says “yes”, or “not yet, because”. A “not yet” from operations or security is an answer, not a delay.',
  'how.replenishment.4': 'The order is committed; cards that moved say why.',
  'how.replenishment.you':
    'Say what must be ready before a card can be run or released: access, a runbook, a review, a window. Now it is cheap.',
  'how.replenishment.after':
    'The order stands on the board. Nobody promised a date: the board’s own numbers say how long such work takes.',

  'how.demo.why': 'What was finished is shown to those who run it, guard it and use it.',
  'how.demo.1': 'The list makes itself: cards finished since the last demo.',
  'how.demo.2': 'Whoever built it shows it, working, in a few minutes. Slides are not needed.',
  'how.demo.3': 'Each card is marked as shown to operations and to security, with who and when.',
  'how.demo.4': 'What was not shown comes back next time.',
  'how.demo.you':
    'Ask how it fails, how one sees that it does, and what to do then. A question here saves a page at night.',
  'how.demo.after': 'The marks stay on the cards. What you asked for becomes a card.',

  'how.flow_review.why':
    'Once or twice a month: how does work flow through the board, and what one thing would make it better?',
  'how.flow_review.1': 'Four numbers: work in progress, age, how long cards took, how many finished.',
  'how.flow_review.2':
    'Where it stood: days over a limit, what blocked, what came back, expectations that were missed.',
  'how.flow_review.3': 'One question for each; the cards behind a number are one click away.',
  'how.flow_review.4': 'At most three decisions: a limit, a policy, a card to improve something.',
  'how.flow_review.you':
    'Work that waits for you shows up here. Say what would make you faster, not who was slow: no number is about a person.',
  'how.flow_review.after': 'Decisions are cards, or changed limits with a date on the record.',

  'how.health.why':
    'How does it feel to work here? A few statements, answered by each for themselves, talked about together.',
  'how.health.1': 'Each statement gets a colour: good, so-so, bad; and whether it gets better or worse.',
  'how.health.2': 'Answers are private. The team sees the sum, from four answers on.',
  'how.health.3': 'Talk where answers differ most, or where it turned since last time.',
  'how.health.4': 'Choose one thing to try.',
  'how.health.you': 'Answer for how it is for you, in this team, since last time. There is no right colour.',
  'how.health.after':
    'The history shows how it moves. It is no score and no ranking, and no team is compared with another.',
});
