export { CardPage, type CardPageProps } from './CardPage';
export type { CardRights } from './context';
export { NotApplied } from './NotApplied';
export { Peek, type PeekProps } from './Peek';
