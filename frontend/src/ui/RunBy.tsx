import type { ReactNode } from 'react';
import { defineMessages } from '../lib/i18n';
import './run-by.css';

// The service's page, its team's and the checklists that name it say it in the same words.
const t = defineMessages({
  'runby.team': 'You build it, you run it',
  'runby.operations': 'Operations runs it',
  'runby.none': 'Not said why.',
});

/** Who runs a service, and why. */
export function RunBy({
  service,
  children,
}: {
  service: { operatingModel: 'team' | 'operations'; operatingModelWhy: string };
  /** The way to say why, where nobody has. */
  children?: ReactNode;
}) {
  return (
    <span className="run-by">
      {t(`runby.${service.operatingModel}`)}
      <small>
        {service.operatingModelWhy || (
          <>
            {t('runby.none')} {children}
          </>
        )}
      </small>
    </span>
  );
}
