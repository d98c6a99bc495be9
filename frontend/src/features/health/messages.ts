import { defineMessages } from '../../lib/i18n';

export const t = defineMessages({
  'hc.title': 'Health checks',
  'hc.lead':
    'Every six to eight weeks a team says how its work is going, and whether it gets better. Nobody sees who says what, and a team is only ever compared with its own past.',
  'hc.teams': 'Your teams',
  'hc.none': 'You are in no team yet',
  'hc.noneText': 'Health checks belong to teams. Once you are in one, it stands here.',
  'hc.never': 'Not asked yet',
  'hc.theirs': 'Only its own people see its checks',
  'hc.last': 'Last on {date}, {n, plural, one {# person} other {# people}} answered',
  'hc.isOpen':
    'Open since {date}, {n, plural, =0 {nobody has} one {# person has} other {# people have}} answered',
  'hc.answer': 'Answer',
  'hc.look': 'Open',
  'hc.over': 'Over time',
  'hc.overOf': 'Health of {team} over time',
  'hc.ask': 'Ask {team}',
  'hc.start': 'Start a health check',
  'hc.startOf': 'Ask {team} how it is going',
  'hc.startDo': 'Start',
  'hc.startWhat': 'What to ask',
  'hc.startNeed': 'Choose what to ask.',
  'hc.questions': '{n} questions',
  'hc.startText':
    'The team finds it in the inbox and on Today. All answers are shown at once, when you reveal them.',
  'hc.cancel': 'Cancel',

  'hc.of': 'Health check of {team}',
  'hc.secret':
    'Nobody sees who says what. Answers are shown all at once, only where at least {n} have answered, and whose they were is forgotten then for good.',
  'hc.opened': 'Opened by {who}, {when}',
  'hc.done': 'You answered {n} of {of}',
  'hc.saved': 'Each answer is kept as you tap it.',
  'hc.answered':
    '{n, plural, =0 {Nobody has answered yet} one {# person has answered} other {# people have answered}}',
  'hc.3': 'Well',
  'hc.2': 'So-so',
  'hc.1': 'Bad',
  'hc.trend': 'And it gets',
  'hc.trend.1': 'better',
  'hc.trend.0': 'neither',
  'hc.trend.-1': 'worse',
  'hc.scoreOf': '{title}: how is it?',
  'hc.trendOf': '{title}: where does it go?',
  'hc.reveal': 'Reveal',
  'hc.revealAsk': 'Show everybody what was said?',
  'hc.revealFew':
    '{n, plural, one {Only one person has} other {Only # people have}} answered. Below {fewest} nothing is shown, and it cannot be asked again: wait a little.',
  'hc.revealText':
    '{n, plural, one {# person has} other {# people have}} answered. After this nobody can answer any more.',
  'hc.callOff': 'Call off',
  'hc.callOffAsk': 'Call this health check off?',
  'hc.callOffText': 'What was answered is thrown away, and nothing is shown.',
  'hc.state.called_off': 'Called off. What was answered is gone.',
  'hc.state.revealed': 'Revealed on {date}, {n, plural, one {# person} other {# people}} answered',
  'hc.few': 'Fewer than {n} answered this',
  'hc.onlyTeam': 'Only the team itself answers. You look on.',
  'hc.result': '{well} well, {soSo} so-so, {bad} bad',
  'hc.better': '{n, plural, =0 {} other {# better}}',
  'hc.worse': '{n, plural, =0 {} other {# worse}}',
  'hc.failed': 'Your answer was not kept: {why}',

  'hc.past.none': 'No health check has been revealed yet',
  'hc.past.noneText':
    'After the first one you see here what the team said; after the second, what has changed.',
  'hc.past.question': 'Question',
  'hc.past.n': 'n = {n}',
  'hc.past.due': 'The next one is due {when}',
  'hc.past.running': 'A check is open',
});
