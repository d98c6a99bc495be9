import type { APIRequestContext, Page } from '@playwright/test';
import { send } from './boards';
import { expect, type Person } from './test';

export interface Item {
  key: string;
  state: string;
  blocks: boolean;
  why?: string;
  text: string;
  proof: { type: string; drawn?: { width: number; height: number } }[];
  rev: number;
  confirm?: { id: string };
  explainedBy?: { person: { name: string } };
  understoodBy?: { person: { name: string } };
}
export interface View {
  id: string;
  blocking: number;
  version: number;
  topics: { items: Item[] }[];
}

export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** A launch checklist of Checkout, begun by one of its people; `more` is what else it begins with. */
export async function start({ api }: Person, level = 'standard', more: object = {}): Promise<string> {
  const me = (await (await api.get('/api/v1/me')).json()) as { teams: { id: string; key: string }[] };
  const teamId = me.teams.find((x) => x.key === 'CHK')?.id;
  return (await send<View>(api, 'post', '/checklists', { kind: 'launch', name: 'One-tap pay', teamId, level, launchOn: '2027-01-14', ...more })).id;
}
export const item = async (api: APIRequestContext, id: string, key: string) => {
  const view = (await (await api.get(`/api/v1/checklists/${id}`)).json()) as View;
  return view.topics.flatMap((x) => x.items).find((i) => i.key === key)!;
};
export const row = (page: Page, key: string) => page.locator(`#item-${key}`);
export const open = async (page: Page, id: string, at = '') => {
  await page.goto(`/checklists/${id}${at && `?item=${at}`}`);
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
};
export const answerOf = (page: Page, key: string) => page.getByRole('form', { name: `Answer to ${key}` });
