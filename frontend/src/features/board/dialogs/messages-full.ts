import { defineMessages } from '../../../lib/i18n';

/** Words of the dialogs for templates and custom fields; they come with those. */
export const td = defineMessages({
  'board.undoIt': 'Undo',
  'board.fromTemplate': 'New from template',
  'board.templateFind': 'Find a template',
  'board.templateNone': 'No template has these words',
  'board.templateHint':
    'Choose what the card shall begin as. Its text and its to-do list come along, and you can change all of it.',
  'board.templateCreate': 'Make the card',
  'board.templateColumn': 'Column',
  'board.templateTodos': 'To do',
  'board.templateRemove': 'Remove the template {name}',
  'board.templateGone': 'Template {name} removed',
  'board.templates.board': 'Of this board',
  'board.templates.team': 'Of the team',
  'board.templates.library': 'Operations and security, ready to use',

  'board.fields': 'Fields of this board',
  'board.fieldsHint':
    'What your cards say beside what all cards say. At most two are shown on the face. A retired field keeps its values.',
  'board.fieldAdd': 'Add a field',
  'board.fieldName': 'Name of the field',
  'board.fieldType': 'Type',
  'board.fieldUnit': 'Unit',
  'board.fieldOptions': 'Options, one per line',
  'board.fieldOnFace': 'Show on the face',
  'board.fieldRetire': 'Retire',
  'board.fieldBack': 'Bring back',
  'board.fieldUp': 'Move {name} up',
  'board.fieldEdit': 'Edit {name}',
  'board.fieldSaved': 'Field {name} saved',
  'board.fieldRetired': 'Field {name} retired; values stay',
  'board.fieldsRetired': '{n, plural, one {# retired field} other {# retired fields}}',
  'board.fieldType.text': 'Text',
  'board.fieldType.number': 'Number',
  'board.fieldType.date': 'Date',
  'board.fieldType.choice': 'Choice',
  'board.fieldType.person': 'Person',
  'board.fieldType.link': 'Link',
  'board.fieldType.checkbox': 'Checkbox',
});
