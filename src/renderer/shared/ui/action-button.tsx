// A grey key answers: hover, focus, press or F1 says the rule, the clause and what makes it available.
import type { ReactNode } from 'react';
import type { ActionDto } from '../../../shared/contract/case.ts';
import { fill, useTexts } from '../i18n/language.ts';
import type { Params } from '../i18n/text-types.ts';
import type { KeyCommand } from '../keys/keymap.ts';
import { Button, type ButtonProps } from './button.tsx';
import { useHint } from './hint.tsx';
import styles from './ui.module.css';

export interface Because {
  readonly code: string;
  readonly clause: string | null;
  readonly params: Params;
}

/** What a grey key says; `{code}` parameters are put into words by the caller through `params`. */
export function BecauseText({ because }: { readonly because: Because }) {
  const t = useTexts().common;
  const table = t.disabled as Readonly<Record<string, { why: string; how: string }>>;
  const found = table[because.code];
  return (
    <>
      <strong>{found === undefined ? because.code : fill(found.why, because.params)}</strong>
      {because.clause !== null && <em>{fill(t.clause, { clause: because.clause })}</em>}
      {found !== undefined && found.how !== '' && <em>{fill(found.how, because.params)}</em>}
    </>
  );
}

interface Props {
  readonly action: ActionDto;
  readonly label: string;
  readonly onAct: () => void;
  readonly command?: KeyCommand;
  /** The cap of a key that stands on one screen only; the screen handles it. */
  readonly cap?: string;
  readonly icon?: ReactNode;
  readonly look?: ButtonProps['look'];
  readonly size?: ButtonProps['size'];
  readonly busy?: boolean;
  /** Words for the parameters (e.g. the name of a check instead of its code). */
  readonly params?: Params;
  /** Called with the refusal when a grey key is pressed, e.g. to keep the words on screen. */
  readonly onWhy?: (because: Because) => void;
}

export function ActionButton(props: Props) {
  const { action, label, onAct, command, params, onWhy } = props;
  const because: Because | null =
    action.enabled || action.because === null
      ? null
      : { ...action.because, params: { ...action.because.params, ...params } };
  const hint = useHint(because === null ? null : <BecauseText because={because} />);
  return (
    <>
      <Button
        {...hint.props}
        data-testid={`action-${action.action}`}
        aria-disabled={!action.enabled}
        aria-describedby={hint.describedBy}
        look={props.look ?? 'plain'}
        size={props.size ?? 'usual'}
        busy={props.busy ?? false}
        {...(command === undefined ? {} : { command })}
        icon={props.icon}
        onKeyDown={(event) => {
          if (event.key === 'F1' && because !== null) hint.show(event);
        }}
        onClick={(event) => {
          if (action.enabled) return onAct();
          hint.show(event);
          if (because !== null) onWhy?.(because);
        }}
      >
        {label}
        {props.cap !== undefined && (
          <kbd className={styles['kbd']} aria-hidden>
            {props.cap}
          </kbd>
        )}
      </Button>
      {hint.node}
    </>
  );
}
