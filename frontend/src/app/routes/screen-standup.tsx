export { ScreenStandup } from '../screen/ScreenStandup';
