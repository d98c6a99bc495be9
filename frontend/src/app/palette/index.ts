export { Palette } from './Palette';
export { seen } from './visits';
