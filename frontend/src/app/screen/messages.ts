import { defineMessages } from '../../lib/i18n';

/** Words of the screen on the wall. */
export const t = defineMessages({
  'screen.title': 'Screen',
  'screen.tab': '{team} screen',
  'screen.asking': 'Opening this screen',
  'screen.none.title': 'This address has no link in it',
  'screen.none.text':
    'Open the whole address that the team’s page showed when the screen was made. If this screen worked before, its link was revoked or its year is over.',
  'screen.ended': 'This screen’s link is not valid any more.',
  'screen.refused.text':
    'It was revoked, or its year is over. A lead of the team can make a new one on the team’s page.',
  'screen.away.title': 'The server could not be reached',
  'screen.away.text': 'This screen tries again by itself every few seconds.',
  'screen.again': 'Try again',
  'screen.in.title': 'You are signed in here as {name}',
  'screen.in.text':
    'This address is for a screen where nobody is signed in; it shows the boards of {team}, read-only. Open it in another browser, or sign out here first.',
  'screen.in.boards': 'To your boards',
  'screen.in.out': 'Sign out and show the screen',
  'screen.boards': 'Boards of {team}',
  'screen.allBoards': 'All boards',
  'screen.noBoard': '{team} has no board yet.',
  'screen.noBoard.text': 'As soon as there is one, it is shown here.',
  'screen.standup': 'Standup',
  'screen.wall': 'Wall',
  'screen.readOnly': 'Read-only',
  'screen.signIn': 'Sign in',
  'screen.gone': 'This board is no longer here',
  'screen.facts': 'WIP {n}',
});
