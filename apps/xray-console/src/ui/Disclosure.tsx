import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';

interface DisclosureProps {
  label: string;
  /** What the button is for, read after its text. */
  hint: string;
  children: (close: () => void) => ComponentChildren;
}

/** A button with a panel under it; Escape, a click elsewhere and moving on close it. */
export function Disclosure({ label, hint, children }: DisclosureProps): JSX.Element {
  const [isOpen, setIsOpen] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const panelId = useId();

  useEffect(() => {
    if (!isOpen) return undefined;
    const closeOutside = ({ target }: Event): void => {
      if (!(target instanceof Node) || frame.current?.contains(target) !== true) setIsOpen(false);
    };
    addEventListener('pointerdown', closeOutside);
    addEventListener('focusin', closeOutside);
    return () => {
      removeEventListener('pointerdown', closeOutside);
      removeEventListener('focusin', closeOutside);
    };
  }, [isOpen]);

  const close = (): void => {
    setIsOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !isOpen) return;
    event.stopPropagation();
    close();
  };
  return (
    <div class="disclosure" ref={frame} onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        class="button quiet small"
        aria-expanded={isOpen}
        aria-controls={panelId}
        onClick={() => setIsOpen(!isOpen)}
      >
        {label}
        <span class="unseen">, {hint}</span> <span aria-hidden="true">▾</span>
      </button>
      <div id={panelId} class="disclosure-panel" hidden={!isOpen}>
        {isOpen && children(close)}
      </div>
    </div>
  );
}
