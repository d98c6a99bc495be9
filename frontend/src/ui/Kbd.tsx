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
