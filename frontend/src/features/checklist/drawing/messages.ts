import { defineMessages } from '../../../lib/i18n';

export const t = defineMessages({
  'dr.alt': 'Drawing: {text}',
  'dr.open': 'Show it large',
  'dr.title': 'Drawing',
  'dr.from': 'drawn from text',
  'dr.show': 'Text',
  'dr.hide': 'Hide the text',
  'dr.kind':
    'The first line says what is drawn: flowchart, sequenceDiagram, stateDiagram-v2, classDiagram or erDiagram.',
  'dr.empty': 'Nothing is drawn yet.',
  'dr.long': 'The text is longer than 20,000 characters.',
  'dr.outside': 'Line {line} points outside of the drawing; pictures and addresses are not fetched.',
  'dr.line': 'Line {line} cannot be read.',
  'dr.read': 'This cannot be drawn.',
  'dr.last': 'The last drawing that could be read is shown.',
  'dr.drawing': 'Drawing…',
  'dr.absent': 'The part that draws could not be fetched. The text is kept.',
});
