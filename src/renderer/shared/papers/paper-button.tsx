// A button that shows one paper, from where it is printed or saved: receipt, slip, day register.
import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import type { PaperRef } from '../../../shared/contract/papers.ts';
import { useTexts } from '../i18n/language.ts';
import { Button, type ButtonProps } from '../ui/button.tsx';
import { PaperDialog } from './paper-dialog.tsx';

interface Props {
  readonly paper: PaperRef;
  readonly label?: string;
  readonly size?: ButtonProps['size'];
  readonly look?: ButtonProps['look'];
}

export function PaperButton({ paper, label, size = 'usual', look = 'plain' }: Props) {
  const t = useTexts().papers.buttons;
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        size={size}
        look={look}
        icon={<IconPrinter size={18} stroke={1.6} aria-hidden />}
        data-testid={`paper-${paper.kind}`}
        onClick={() => setOpen(true)}
      >
        {label ?? t[paper.kind]}
      </Button>
      {/* Outside of its screen: a paper takes no size, colour or alignment from where the button stands. */}
      {open &&
        createPortal(<PaperDialog asked={paper} onClose={() => setOpen(false)} />, document.body)}
    </>
  );
}
