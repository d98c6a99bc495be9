import { defineMessages } from '../../lib/i18n';

export const t = defineMessages({
  'notice.bell': '{n, plural, =0 {Inbox, nothing unread} one {Inbox, # unread} other {Inbox, # unread}}',
  'notice.inbox': 'Inbox',
  'notice.unread': 'Unread',
  'notice.all': 'All',
  'notice.which': 'Which notices',
  'notice.open': 'Open the inbox',
  'notice.by': 'by {name}',
  'notice.isUnread': 'unread',
  'notice.mark': 'Mark as read',
  'notice.unmark': 'Mark as unread',
  'notice.markOf': 'Mark as read: {title}',
  'notice.unmarkOf': 'Mark as unread: {title}',
  'notice.markCard': 'Mark all of {key} as read',
  'notice.markAll': 'Mark all as read',
  'notice.marked': '{n, plural, one {# notice} other {# notices}} marked as read',
  'notice.undo': 'Undo',
  'notice.came': 'A new notice in your inbox',
  'notice.none': 'Nothing unread',
  'notice.none.text':
    'When somebody mentions you, gives you a card or asks your team for something, it appears here at once.',
  'notice.none.ever': 'Your inbox is empty',
  'notice.older': 'Older',
  'notice.newest': 'Back to the newest',
  'notice.failed': 'Your inbox could not be read. Nothing in it is lost.',
  'notice.retry': 'Try again',
});
