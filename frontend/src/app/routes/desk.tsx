import type { ComponentProps } from 'react';
import { Evidence } from '../../features/checklist/Evidence';
import type { Item } from '../../features/checklist/types';
import { DeskPage } from '../../features/liaison/desk/DeskPage';
import { EveryBoard } from '../../features/today/EveryBoard';
import '../../features/today/today.css';

/** The desk with what other rooms show of theirs: answers as a checklist shows them, boards as one's own day does. */
export function Desk(props: Omit<ComponentProps<typeof DeskPage>, 'answer' | 'boards'>) {
  return <DeskPage {...props} answer={(of) => <Evidence of={of as Item} />} boards={<EveryBoard />} />;
}
