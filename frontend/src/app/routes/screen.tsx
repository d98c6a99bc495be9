export { ScreenBoard } from '../screen/ScreenBoard';
export { ScreenBoards } from '../screen/ScreenBoards';
export { ScreenFrame } from '../screen/ScreenFrame';
