import { Menu } from '@mantine/core';
import { Archive, ArchiveRestore, Copy, FileDown, Printer, Snowflake, Sun } from 'lucide-react';
import { useState } from 'react';
import { announce } from '../../lib/announce';
import { api } from '../../lib/api';
import { copyText } from '../../lib/copy';
import { refresh } from '../../lib/data';
import { toast, toastError } from '../../lib/notify';
import { Top } from '../../lib/page';
import { hasRight, useMe } from '../../lib/session';
import { Dialog } from '../../ui/Dialog';
import { WordsDialog } from './ItemDialogs';
import { t } from './messages';
import type { Checklist } from './types';
import type { Live } from './use-checklist';
import '../../ui/menu.css';

/** What is done with the whole of it: onto paper, into words, kept as it stood, put away. */
export function TakeAway({ live, view, onPrint }: { live: Live; view: Checklist; onPrint: () => void }) {
  const me = useMe();
  const [asking, setAsking] = useState<'freeze' | 'thaw'>();
  const team = me.teams.find((x) => x.id === view.team.id);
  const may = view.may.settle || hasRight(me, view.team.id, 'lead') || !!team?.liaison;
  const copy = async () => {
    try {
      const { text } = await api.get<{ text: string }>(`/checklists/${live.id}/markdown`);
      if (await copyText(text)) toast({ text: t('ck.copied') });
    } catch (error) {
      toastError(error);
    }
  };
  const send = async (path: string, body: unknown, said: string) => {
    await api.post(`/checklists/${live.id}/${path}`, body);
    live.again();
    void refresh('/checklists');
    announce(said);
  };
  const put = (archived: boolean) =>
    send('archive', { archived }, t(archived ? 'ck.putAwayDone' : 'ck.broughtBack')).catch(toastError);
  return (
    <>
      <Top place="action">
        <Menu position="bottom-end" withinPortal returnFocus width={230}>
          <Menu.Target>
            <button type="button" className="btn line">
              <FileDown size={15} aria-hidden />
              <span className="btn-word">{t('ck.export')}</span>
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<Copy size={15} aria-hidden />} onClick={() => void copy()}>
              {t('ck.markdown')}
            </Menu.Item>
            <Menu.Item leftSection={<Printer size={15} aria-hidden />} onClick={onPrint}>
              {t('ck.print')}
            </Menu.Item>
            {may && !view.archivedAt && (
              <Menu.Item
                leftSection={
                  view.frozenAt ? <Sun size={15} aria-hidden /> : <Snowflake size={15} aria-hidden />
                }
                onClick={() => setAsking(view.frozenAt ? 'thaw' : 'freeze')}
              >
                {t(view.frozenAt ? 'ck.thaw' : 'ck.freeze')}
              </Menu.Item>
            )}
            {may && (
              <Menu.Item
                leftSection={
                  view.archivedAt ? (
                    <ArchiveRestore size={15} aria-hidden />
                  ) : (
                    <Archive size={15} aria-hidden />
                  )
                }
                onClick={() => void put(!view.archivedAt)}
              >
                {t(view.archivedAt ? 'ck.bringBack' : 'ck.putAway')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </Top>
      {asking === 'freeze' && (
        <Freeze
          blocking={view.blocking}
          run={() => send('freeze', {}, t('ck.frozenNow'))}
          onClose={() => setAsking(undefined)}
        />
      )}
      {asking === 'thaw' && (
        <WordsDialog
          title={t('ck.thaw')}
          label={t('ck.thawWhy')}
          need={t('ck.thawNeed')}
          verb={t('ck.thaw')}
          onDone={(why) => void send('thaw', { why }, t('ck.thawed')).catch(toastError)}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  );
}

function Freeze({
  blocking,
  run,
  onClose,
}: {
  blocking: number;
  run: () => Promise<void>;
  onClose: () => void;
}) {
  const [problem, setProblem] = useState<string>();
  return (
    <Dialog
      title={t('ck.freeze')}
      onClose={onClose}
      onSubmit={() => void run().then(onClose, (e) => setProblem(e instanceof Error ? e.message : String(e)))}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('ck.cancel')}
          </button>
          <button type="submit" className="btn" data-autofocus>
            {t('ck.freezeDo')}
          </button>
        </>
      }
    >
      <p>{t('ck.freezeText')}</p>
      {blocking > 0 && <p>{t('ck.freezeBlocks', { n: blocking })}</p>}
      {problem && (
        <div role="alert" className="ff-problem">
          {problem}
        </div>
      )}
    </Dialog>
  );
}
