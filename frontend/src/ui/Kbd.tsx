import { useHint } from '../lib/keys';

/** Keys as they are printed on the keyboard: "Ctrl Z" gives two caps. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className="kbds">
      {keys.split(' ').map((k) => (
        <kbd key={k}>{k}</kbd>
      ))}
    </span>
  );
}

/** The key that is `of` by default, as this person has it; nothing while it does nothing. */
export function OwnKey({ of, className }: { of: string; className?: string }) {
  const hint = useHint(of);
  return hint
    ? hint.split(' ').map((k) => (
        <kbd key={k} className={className}>
          {k}
        </kbd>
      ))
    : null;
}
