import { defineMessages } from '../../lib/i18n';

export const t = defineMessages({ 'how.link': 'How this works' });
