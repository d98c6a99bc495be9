import { Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Archive, ArchiveRestore, Copy, MoreHorizontal, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { announce } from '../../../lib/announce';
import { api } from '../../../lib/api';
import { refresh } from '../../../lib/data';
import { useForm } from '../../../lib/form';
import { toast, toastError } from '../../../lib/notify';
import { hasRight, useMe } from '../../../lib/session';
import { Dialog } from '../../../ui/Dialog';
import { FormProblem, TextField } from '../../../ui/FormField';
import type { DraftKeeper } from './keeper';
import { t } from './messages';
import { NewTemplateDialog } from './NewTemplateDialog';
import type { Question, Template } from './types';
import '../../../ui/menu.css';

/** What is done with the whole template. */
export function More({
  view,
  items,
  changes,
  keeper,
}: {
  view: Template;
  items: readonly Question[];
  changes: number;
  keeper?: DraftKeeper;
}) {
  const me = useMe();
  const navigate = useNavigate();
  const [open, setOpen] = useState<'rename' | 'own'>();
  const own =
    view.newest > 0 && (me.person.role === 'admin' || me.teams.some((x) => hasRight(me, x.id, 'lead')));
  if (!view.mayEdit && !own) return null;
  const retire = async () => {
    try {
      await api.patch(`/checklist-templates/${view.id}`, { retired: !view.retiredAt });
      announce(t(view.retiredAt ? 'ct.unretire' : 'ct.retire'));
    } catch (error) {
      toastError(error);
    }
    void refresh('/checklist-templates');
  };
  const putBack = () => {
    const was = [...items];
    keeper?.edit(() => view.items);
    toast({ text: t('ct.backDone'), action: { label: t('ct.undo'), run: () => keeper?.edit(() => was) } });
  };
  return (
    <>
      <Menu position="bottom-end" withinPortal returnFocus width={230}>
        <Menu.Target>
          <button type="button" className="btn ghost icon" aria-label={t('ct.more')} title={t('ct.more')}>
            <MoreHorizontal size={17} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {view.mayEdit && (
            <Menu.Item leftSection={<Pencil size={15} aria-hidden />} onClick={() => setOpen('rename')}>
              {t('ct.rename')}
            </Menu.Item>
          )}
          {own && (
            <Menu.Item leftSection={<Copy size={15} aria-hidden />} onClick={() => setOpen('own')}>
              {t('ct.own')}
            </Menu.Item>
          )}
          {view.mayEdit && view.newest > 0 && changes > 0 && (
            <Menu.Item leftSection={<Trash2 size={15} aria-hidden />} onClick={putBack}>
              {t('ct.back')}
            </Menu.Item>
          )}
          {view.mayEdit && (
            <Menu.Item
              leftSection={
                view.retiredAt ? <ArchiveRestore size={15} aria-hidden /> : <Archive size={15} aria-hidden />
              }
              onClick={() => void retire()}
            >
              {t(view.retiredAt ? 'ct.unretire' : 'ct.retire')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {open === 'rename' && <RenameDialog view={view} onClose={() => setOpen(undefined)} />}
      {open === 'own' && (
        <NewTemplateDialog
          from={view}
          onClose={() => setOpen(undefined)}
          onMade={(id) =>
            void navigate({ to: '/checklists/templates/$template', params: { template: id } as never })
          }
        />
      )}
    </>
  );
}

function RenameDialog({ view, onClose }: { view: Template; onClose: () => void }) {
  const form = useForm({
    initial: { name: view.name },
    checks: { name: (v) => !v.trim() && t('ct.nameNeed') },
    submit: async (v) => {
      await api.patch(`/checklist-templates/${view.id}`, { name: v.name.trim() });
      await refresh('/checklist-templates');
      onClose();
    },
  });
  return (
    <Dialog
      title={t('ct.renameTitle')}
      onClose={onClose}
      onSubmit={() => void form.submit()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('ct.cancel')}
          </button>
          <button type="submit" className="btn" data-busy={form.busy || undefined}>
            {t('ct.save')}
          </button>
        </>
      }
    >
      <TextField label={t('ct.newName')} maxLength={80} data-autofocus {...form.field('name')} />
      <FormProblem>{form.problem}</FormProblem>
    </Dialog>
  );
}
