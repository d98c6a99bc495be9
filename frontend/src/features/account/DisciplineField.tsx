import { DISCIPLINES } from '../../api/types';
import type { FormField } from '../../lib/form';
import { SelectField } from '../../ui/FormField';
import { disciplineName } from '../../ui/messages';
import { t } from './messages';

/** Asked of whoever comes in: new cards begin with it. */
export function DisciplineField({ field }: { field: FormField }) {
  return (
    <SelectField {...field} label={t('account.discipline')} hint={t('account.discipline.hint')}>
      {DISCIPLINES.map((d) => (
        <option key={d} value={d}>
          {disciplineName(d)}
        </option>
      ))}
    </SelectField>
  );
}
