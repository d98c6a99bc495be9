import { defineMessages } from '../lib/i18n';

export const t = defineMessages({
  'live.moved': '{who} moved {n, plural, one {a card} other {# cards}}',
  'live.changed': '{who} changed {n, plural, one {a card} other {# cards}}',
  'live.both':
    '{who} moved {moved, plural, one {a card} other {# cards}} and changed {changed, plural, one {another} other {# others}}',
  'live.more': 'and {n, plural, one {one other person} other {# other people}}',
  'live.someone': 'Someone',
  'live.noBlocker': 'This blocker is no longer open.',
  'live.noCard': 'This card is no longer on the board.',
  'live.signedOut': 'You are signed out.',
  'live.unsure':
    'This was sent more than a day ago and no answer came. Look whether it is there before you send it again.',
  'live.orphan': 'The card that this belongs to could not be made.',
});
