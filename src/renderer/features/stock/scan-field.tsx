// The field for a code that is typed by hand; a scanner is heard without it.
import { IconBarcode } from '@tabler/icons-react';
import { useState, type Ref } from 'react';
import { useTexts } from '../../shared/i18n/language.ts';
import { KeyCap } from '../../shared/ui/kbd.tsx';
import { hear } from './stock-deeds.ts';
import own from './scan.module.css';

export function ScanField({ field }: { readonly field: Ref<HTMLInputElement> }) {
  const t = useTexts().stock.scan;
  const [typed, setTyped] = useState('');
  return (
    <form
      className={own['scanField']}
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() !== '') hear(typed.trim());
        setTyped('');
      }}
    >
      <IconBarcode size={22} stroke={1.5} aria-hidden />
      <input
        ref={field}
        value={typed}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        aria-label={t.label}
        placeholder={t.placeholder}
        data-testid="stock-scan"
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <KeyCap>/</KeyCap>
    </form>
  );
}
