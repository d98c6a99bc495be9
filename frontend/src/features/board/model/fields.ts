import type { CustomField, Person } from '../../../api/types';
import { dateWords } from '../../../lib/time';

/** A custom field's value in the few words that a face has room for. */
export function textOf(f: CustomField, value: string, people: ReadonlyMap<string, Person>): string {
  switch (f.type) {
    case 'choice':
      return f.options?.find((o) => o.id === value)?.name ?? value;
    case 'person':
      return people.get(value)?.name ?? '';
    case 'date':
      return dateWords(value);
    case 'number':
      return f.unit ? `${value} ${f.unit}` : value;
    case 'checkbox':
      return f.name;
    case 'link':
      return value.replace(/^https?:\/\//i, '').replace(/\/.*$/, '');
    default:
      return value;
  }
}
