import { announce } from '../../lib/announce';
import { ProposeDialog, type Proposing } from '../card/checklists/ProposeDialog';
import { Evidence } from './Evidence';
import { GapDialog, WordsDialog } from './ItemDialogs';
import { t } from './messages';
import { NewerDialog } from './NewerDialog';
import { goOn, nextOf } from './next';
import { Asked, Reasons } from './Reasons';
import { useRoom } from './room';
import { SettingsDialog } from './SettingsDialog';
import { itemOf } from './state';
import { CommentsDialog, HistoryDialog } from './WordsDialogs';
import { kindWords } from './words';

/** Whatever is open over the page. */
export function Dialogs() {
  const room = useRoom();
  const { open, setOpen, view, live } = room;
  const close = () => setOpen(undefined);
  const item = open && 'item' in open ? itemOf(view, open.item) : undefined;
  if (open?.what === 'settings') return <SettingsDialog onClose={close} />;
  if (open?.what === 'newer') return <NewerDialog onClose={close} />;
  if (!open || !item) return null;
  switch (open.what) {
    case 'push-back':
      return (
        <WordsDialog
          title={t('ck.back.title', { key: item.key })}
          about={
            <div className="ck-q">
              <h3>{item.question}</h3>
              {item.na ? <Reasons of={item} /> : <Evidence of={item} />}
            </div>
          }
          label={t(item.na ? 'ck.back.labelNa' : 'ck.back.label')}
          hint={t('ck.back.hint', {
            name: (item.na ?? item.explainedBy)?.person.name ?? t('ck.somebody'),
          })}
          need={t('ck.back.need')}
          verb={t('ck.back.do')}
          onDone={(text) => live.act({ do: 'push-back', item: item.key, text })}
          onClose={close}
        />
      );
    case 'without':
      return (
        <WordsDialog
          title={t('ck.without.title', { key: item.key, kinds: kindWords(item.lacks ?? []) })}
          label={t('ck.without.label')}
          hint={t('ck.without.hint', { name: item.explainedBy?.person.name ?? t('ck.somebody') })}
          need={t('ck.without.need')}
          verb={t('ck.understand')}
          most={500}
          onDone={(without) => {
            live.act({ do: 'understand', item: item.key, rev: item.rev, without });
            announce(t('ck.saidUnderstood', { key: item.key }));
          }}
          onClose={close}
        />
      );
    case 'not-applicable': {
      let said = false;
      return (
        <WordsDialog
          title={t('ck.naTitle', { key: item.key })}
          about={<Asked of={item} />}
          label={t(item.na && item.asked ? 'ck.naWhyAnew' : 'ck.naWhy')}
          hint={item.question}
          need={t('ck.naNeed')}
          verb={t('ck.naDo')}
          onDone={(why) => {
            said = true;
            live.act({ do: 'not-applicable', item: item.key, why });
          }}
          onClose={() => {
            if (!open.onward) close();
            else if (said) goOn(room, nextOf(room, item, undefined));
            else setOpen({ what: 'answer', item: item.key });
          }}
        />
      );
    }
    case 'gap':
      return <GapDialog item={item} onClose={close} />;
    case 'comments':
      return <CommentsDialog item={item} onClose={close} />;
    case 'history':
      return <HistoryDialog item={item} onClose={close} />;
    case 'propose':
      return (
        <ProposeDialog
          about={{
            templateId: view.template.id,
            topic: view.topics.find((x) => x.items.some((i) => i.key === item.key))
              ?.key as Proposing['topic'],
            source: { kind: 'checklist', id: view.id },
          }}
          onClose={close}
        />
      );
    default:
      return null;
  }
}
