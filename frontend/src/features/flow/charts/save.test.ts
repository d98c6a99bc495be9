import { expect, it } from 'vitest';
import { csvOf } from './save';

it('writes a table as a file that spreadsheets read as it is', () => {
  const twin = {
    head: ['Card', 'Title, in full'],
    rows: [
      [{ card: 'CHK-1' }, 'Say "hello"'],
      [3, '=HYPERLINK("x")'],
      ['+2 d', '-cmd'],
    ],
  };
  expect(csvOf(twin)).toBe(
    'Card,"Title, in full"\r\nCHK-1,"Say ""hello"""\r\n3,"\'=HYPERLINK(""x"")"\r\n+2 d,\'-cmd\r\n',
  );
});
