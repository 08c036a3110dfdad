// One person at the counter: photo at full height, card, questions, old card and the three large keys.
import { IconCircleCheck, IconUserQuestion, IconUserX } from '@tabler/icons-react';
import type { ActionDto, Action } from '../../../shared/contract/case.ts';
import type { HandOverDto } from '../../../shared/contract/issuance.ts';
import { formatDate, formatDay, formatTime } from '../../shared/format/format.ts';
import { fill, useTexts } from '../../shared/i18n/language.ts';
import { PlainPicture } from '../../shared/picture/plain-picture.tsx';
import { SignPanel } from '../../shared/signing/sign-panel.tsx';
import { ActionButton, BecauseText } from '../../shared/ui/action-button.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { useHint } from '../../shared/ui/hint.tsx';
import { RefusalNotice } from '../../shared/ui/notice.tsx';
import { TicketText } from '../../shared/ui/ticket-text.tsx';
import { KeyCap } from '../../shared/ui/kbd.tsx';
import { CameraButton, CameraPanel } from './camera-panel.tsx';
import { CardInHand } from './card-in-hand.tsx';
import { afterSigning, closePanel, nobody, prepareHandOver, refuse } from './desk-deeds.ts';
import { useDesk } from './issuance-store.ts';
import { LookedInto, WhatCameOfIt } from './looked-into.tsx';
import { OldCard } from './old-card.tsx';
import { Present } from './present.tsx';
import { Questions } from './questions.tsx';
import { useDeskKeys } from './use-desk-keys.ts';
import own from './person.module.css';

const actionOf = (card: HandOverDto, action: Action): ActionDto =>
  card.actions.find((each) => each.action === action) ?? {
    action,
    enabled: false,
    because: { code: 'wrong-stage', clause: null, params: {} },
  };

/** «9913••••0002»: the citizen and the line behind must not read it from the screen. */
const masked = (iin: string): string => `${iin.slice(0, 4)} •••• ${iin.slice(8)}`;

export function Person({ card }: { readonly card: HandOverDto }) {
  const all = useTexts();
  const t = all.issuance.person;
  const { panel, refusal, live } = useDesk();
  const handOver = actionOf(card, 'hand-over');
  const refuseAction = actionOf(card, 'refuse-hand-over');
  const idle = panel === null;

  useDeskKeys({
    idle,
    handOver: handOver.enabled,
    refuse: refuseAction.enabled,
    onProxy: () => void refuse('proxy'),
    onNotThePerson: () => void refuse('not-the-person'),
  });

  return (
    <div
      className={own['person']}
      data-testid="issuance-person"
      data-application-id={card.applicationId}
      data-live={live !== null}
    >
      <figure className={own['photo']}>
        <div>
          <PlainPicture picture={card.photo} alt={fill(t.photoAlt, { name: card.name })} />
        </div>
        {live !== null && (
          <figcaption>
            {t.approved}
            <strong>{card.name}</strong>
          </figcaption>
        )}
      </figure>
      <div className={own['side']}>
        {live !== null && <CameraPanel view={live} />}
        <div className={own['facts']} hidden={live !== null}>
          <header className={own['title']}>
            <div>
              <h1>
                {card.surname} <span>{card.givenNames}</span>
              </h1>
              <p className={own['ids']}>
                <TicketText ticket={card.ticket} />
                <span>
                  {t.iin} {masked(card.iin)}
                </span>
                {card.claimedUntil !== null && (
                  <span>{fill(t.until, { time: formatTime(card.claimedUntil) })}</span>
                )}
              </p>
            </div>
            <span className={own['titleKeys']}>
              <CameraButton />
              <Button look="quiet" command="back" onClick={nobody}>
                {t.back}
              </Button>
            </span>
          </header>
          <dl className={own['cardFacts']}>
            <div>
              <dt>{t.card}</dt>
              <dd data-testid="card-number">{card.card.number}</dd>
            </div>
            <div>
              <dt>{t.place}</dt>
              <dd>{card.card.place ?? t.noPlace}</dd>
            </div>
            <div>
              <dt>{t.valid}</dt>
              <dd>{formatDate(card.card.endDate)}</dd>
            </div>
          </dl>
          {card.flags.length > 0 && (
            <p className={own['flags']}>
              {card.flags.map((flag) => (
                <span key={flag} title={all.common.flagsLong[flag]}>
                  {all.common.flags[flag]}
                </span>
              ))}
            </p>
          )}
          {card.refusals.length > 0 && (
            <p className={own['earlier']}>
              {fill(all.issuance.refused.earlier, { n: card.refusals.length })}
              {': '}
              {card.refusals
                .map((one) => `${formatDay(one.at)} ${reasonWords(one.reason, all.issuance.keys)}`)
                .join(', ')}
            </p>
          )}
          <WhatCameOfIt look={card.lookedInto} />
          {card.flags.includes('investigate') && <LookedInto />}
          <CardInHand />
          <Present />
          <Questions card={card} />
          <OldCard card={card} />
          {refusal !== null && <RefusalNotice refusal={refusal} />}
        </div>
        <Keys handOver={handOver} refuseAction={refuseAction} waiting={!idle} />
        {panel !== null && (
          <SignPanel
            key={panel.intent?.intentId ?? 'preparing'}
            title={`${all.act.panel.handOver} · ${card.card.number}`}
            intent={panel.intent}
            refusal={panel.refusal}
            reasonName={(code) => code}
            onClose={closePanel}
            onAgain={() => void prepareHandOver()}
            onSigned={afterSigning}
          />
        )}
      </div>
    </div>
  );
}

type KeyWords = {
  readonly notThePerson: string;
  readonly proxy: string;
  readonly noTicket: string;
  readonly abandoned: string;
};

/** Reasons of earlier refusals come as codes; an unknown one is shown as it is. */
const reasonWords = (reason: string, words: KeyWords): string =>
  ({
    proxy: words.proxy,
    'not-the-person': words.notThePerson,
    'no-ticket': words.noTicket,
    abandoned: words.abandoned,
  })[reason]?.toLowerCase() ?? reason;

function Keys(props: {
  readonly handOver: ActionDto;
  readonly refuseAction: ActionDto;
  /** A statement stands to be signed: sign or cancel first. */
  readonly waiting: boolean;
}) {
  const t = useTexts().issuance.keys;
  const { handOver, refuseAction } = props;
  return (
    <div className={own['keys']} role="toolbar" aria-label={t.bar} inert={props.waiting}>
      <details className={own['other']}>
        <summary>{t.more}</summary>
        <div>
          <RefuseKey action={refuseAction} reason="no-ticket" label={t.noTicket} small />
          <RefuseKey action={refuseAction} reason="abandoned" label={t.abandoned} small />
        </div>
      </details>
      <RefuseKey
        action={refuseAction}
        reason="proxy"
        label={t.proxy}
        cap="P"
        icon={<IconUserQuestion size={24} stroke={1.6} aria-hidden />}
      />
      <RefuseKey
        action={refuseAction}
        reason="not-the-person"
        label={t.notThePerson}
        cap="X"
        icon={<IconUserX size={24} stroke={1.6} aria-hidden />}
      />
      <span className={own['handOver']} data-testid="handover">
        <ActionButton
          action={handOver}
          label={t.handOver}
          cap="H"
          look="primary"
          size="counter"
          icon={<IconCircleCheck size={24} stroke={1.8} aria-hidden />}
          onAct={() => void prepareHandOver()}
        />
      </span>
    </div>
  );
}

function RefuseKey(props: {
  readonly action: ActionDto;
  readonly reason: Parameters<typeof refuse>[0];
  readonly label: string;
  readonly cap?: string;
  readonly icon?: React.ReactNode;
  readonly small?: boolean;
}) {
  const { action, reason } = props;
  const hint = useHint(
    action.enabled || action.because === null ? null : <BecauseText because={action.because} />,
  );
  return (
    <>
      <Button
        {...hint.props}
        size={props.small === true ? 'usual' : 'counter'}
        look={props.small === true ? 'quiet' : 'plain'}
        icon={props.icon}
        aria-disabled={!action.enabled}
        aria-describedby={hint.describedBy}
        data-testid={`refuse-${reason}`}
        onClick={(event) => (action.enabled ? void refuse(reason) : hint.show(event))}
      >
        {props.label}
        {props.cap !== undefined && <KeyCap>{props.cap}</KeyCap>}
      </Button>
      {hint.node}
    </>
  );
}
