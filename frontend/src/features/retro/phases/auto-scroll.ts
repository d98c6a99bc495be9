export { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
export { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element';
