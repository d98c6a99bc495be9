export * from './hooks';
export { onTopic, openBoard } from './session';
export * from './types';
