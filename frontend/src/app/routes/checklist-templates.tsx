import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { TemplatePage } from '../../features/checklist/templates/TemplatePage';
import { TemplatesPage } from '../../features/checklist/templates/TemplatesPage';
import { useConnection } from '../../live';
import { ConnectionBanner } from '../Banner';
import { LiveState } from '../LiveState';

export function ChecklistTemplatesRoute() {
  const connection = useConnection();
  return (
    <>
      <ConnectionBanner connection={connection} />
      <TemplatesPage state={<LiveState connection={connection} />} />
    </>
  );
}

export function ChecklistTemplateRoute() {
  const { template } = useParams({ from: '/inside/checklists/templates/$template' });
  const where = useSearch({ from: '/inside/checklists/templates/$template' });
  const navigate = useNavigate();
  const connection = useConnection();
  return (
    <>
      <ConnectionBanner connection={connection} />
      <TemplatePage
        key={template}
        id={template}
        where={where}
        onWhere={(next) =>
          void navigate({
            to: '/checklists/templates/$template',
            params: { template } as never,
            search: next as never,
            replace: true,
          })
        }
        state={<LiveState connection={connection} />}
      />
    </>
  );
}
