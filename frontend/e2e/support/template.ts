import { seedTemplate } from './server';

export default function template() {
  seedTemplate();
}
