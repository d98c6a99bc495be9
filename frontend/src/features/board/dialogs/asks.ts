// The questions that a change may raise. They come together, soon after the first view, so that they are here offline too.
export { BlockDialog } from './BlockDialog';
export { ClassDialog } from './ClassDialog';
export { ReasonDialog } from './ReasonDialog';
