import { defineMessages } from '../../../lib/i18n';

export const t = defineMessages({
  'cs.title': 'Checklists',
  'cs.start': 'Start the checklist',
  'cs.startFor': 'Checklist for {key}',
  'cs.startLaunch': 'Checklist for a launch',
  'cs.name': 'What is launched',
  'cs.nameHint': 'For a feature that has a card, start it from the card.',
  'cs.nameNeed': 'Say what is launched.',
  'cs.dayNeed': 'Say on which day.',
  'cs.team': 'Team',
  'cs.services': 'Which services does it touch?',
  'cs.servicesHint':
    'What was answered once for a service is shown, and only asked whether it is still true.',
  'cs.level': 'How much has to be answered',
  'cs.level.light': 'Light',
  'cs.level.light.text': 'one question per topic, and the way back',
  'cs.level.standard': 'Standard',
  'cs.level.standard.text': 'at most 18 questions: a quarter of an hour, and five minutes to read',
  'cs.level.critical': 'Critical',
  'cs.level.critical.text': 'everything',
  'cs.launchOn': 'Launch day',
  'cs.launchHint': 'May be left open.',
  'cs.cancel': 'Cancel',
  'cs.blocking': 'blocking: {n}',
  'cs.clear': 'nothing blocks',
  'cs.none':
    'Before it goes live, operations and security understand it: who explained what, and who understood it.',
  'cs.begin': 'Start a checklist',
  'cs.frozen': 'frozen',
  'cs.failed': 'The checklists could not be read.',
});
