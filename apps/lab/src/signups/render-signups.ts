import type { Style } from '../terminal/style.js';
import { renderTable } from '../terminal/table.js';
import type { Signup } from './read-signups.js';

/** Lines of the people in the table, and how many of them are announced. */
export function renderSignups(signups: readonly Signup[], view: { columns: number; style: Style }): string[] {
  const { style } = view;
  const lines = renderTable({
    columns: [
      { title: 'STATUS' },
      { title: 'CREATED' },
      { title: 'NOTIFIED' },
      { title: 'E-MAIL', minWidth: 16 },
      { title: 'NAME', minWidth: 10 },
      { title: 'PREVIEW', dropOrder: 3 },
      { title: 'THEME', minWidth: 5, dropOrder: 2 },
      { title: 'ID', dropOrder: 1 },
    ],
    rows: signups.map((signup) => [
      { text: signup.status, paint: signup.status === 'pending' ? style.error : style.ok },
      shortenTime(signup.createdAt),
      shortenTime(signup.notifiedAt ?? ''),
      signup.email,
      signup.name,
      signup.previewAccess,
      signup.theme ?? '',
      signup.id,
    ]),
    maxWidth: view.columns,
    paintTitle: style.dim,
  });
  const pending = signups.filter(({ status }) => status === 'pending').length;
  return [...lines, '', `${signups.length} in all: ${signups.length - pending} notified, ${pending} pending`];
}

/** `2026-11-22T10:11:12.345Z` as `2026-11-22 10:11:12`, in UTC as it is stored. */
function shortenTime(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}
